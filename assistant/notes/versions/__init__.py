"""The versions of a note.

- ``revisions``: every change goes through here and leaves a step back
- ``history``: whole texts kept for people, thinned with age
- ``merge``: two texts with a common base become one
- ``conflicts``: saving on an older version, merged or refused
"""
