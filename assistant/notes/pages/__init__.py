"""The pages of notes: places, list and note side by side, and the import.

- ``routes``: which addresses lead to which view
- ``services``: what the views need
- ``view``: the three columns, and what an address means for them
- ``places``: all notes, archive, trash and the tree of tags
- ``list``: the list with its search, a window of it at a time
- ``filters``: what of all notes is listed
- ``options``: order, cards and filters, for those who do not type them
- ``row``: one note in the list, as HTML
- ``bulk``: what is done with several notes
- ``editor``: the note that is open
- ``importer``: files to choose, what they would bring, how far it is and what came of it
"""
