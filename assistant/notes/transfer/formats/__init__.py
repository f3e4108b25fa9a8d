"""What other apps export, each recognised by its content.

- ``recognition``: which app a file is from, and how its notes are read
- ``claims``: what an app's files are to the import
- ``relinking``: links between files whose names change
- ``evernote``: ENEX
- ``joplin``: JEX, and the folder of the same files
- ``notion``: pages and databases
- ``standard_notes``, with ``lexical``: its backup, and the texts of its editor
- ``json_notes``: Simplenote and Memos
- ``text_bundle``: TextBundle and TextPack, and the backup of Bear
- ``web_pages``: HTML, and the folders that Apple makes of its notes
- ``vaults``: Logseq and Dendron
- ``google_keep``: what Takeout packs
"""
