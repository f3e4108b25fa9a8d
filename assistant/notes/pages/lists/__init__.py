"""What stands beside the note: the places and the list.

- ``places``: all notes, archive, trash and the tree of tags
- ``list``: the list with its search
- ``window``: the part of a long list that is drawn
- ``row``: one note in the list, as HTML
- ``head``: the top of the list
- ``filters``: what of all notes is listed
- ``options``: order, cards and filters, for those who do not type them
- ``bulk``: what is done with several notes
- ``empty``: what is said where there are none
- ``moments``: days and times, in words
"""
