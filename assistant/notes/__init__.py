"""Notes: written, linked, found, never lost.

- ``models``: the rows
- ``validation``: what is typed, as it can be stored, and the limits of that
- ``notebook``: create, get, save, rename, tag, colour, pin, archive, copy
- ``bulk``: many notes changed at once, with the way back
- ``queries``: lists and windows into them, counts, templates, backlinks, titles
- ``tags``: the tree that notes hang on
- ``trash``: out of the lists, back again, gone for good; the archive of many at once
- ``attachments``: pictures and files
- ``markdown_source``: title, excerpt, prose and tasks of a text
- ``front_matter``: the fields at the top of a text
- ``links``: what links name, and which note that is
- ``renaming``: links follow a note that gets another name
- ``chores``: work on many notes, a few at a time
- ``reading``: a note as HTML
- ``proposals``: what a model proposes for a passage
- ``versions``: how each change is kept, merged and brought back
- ``search``: the full-text index
- ``passages``: notes cut into passages, among which questions are answered
- ``portable``: in and out with everything else, row by row
- ``transfer``: import and export
- ``pages``, and ``api``: what the browser asks for beside them
"""
