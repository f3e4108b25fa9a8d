"""The pages of notes: places, list and note side by side, and the import.

- ``routes``: which addresses lead to which view
- ``services``: what the views need
- ``view``: the three columns, and what an address means for them
- ``day_note``: what the note of a day is called, and what it begins with
- ``lists``: the places and the list
- ``editor``: the note that is open
- ``importer``: files to choose, what they would bring, how far it is and what came of it
- ``remarks``: what did not come, and why
"""
