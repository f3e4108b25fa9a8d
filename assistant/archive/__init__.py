"""One person's everything: out in one file, in again, and in from other programs; or gone.

- ``manifest``: what an archive says of itself
- ``rooms``: what is asked of the rooms, which hand over their functions
- ``writer``: writes an archive
- ``reader``: opens one, with care
- ``bringing``: finds out what somebody brings
- ``arriving``: brings in what was opened: all of it or nothing
- ``exports``, ``imports``: both in the background, with progress
- ``removal``: deletes an account, and what it had
- ``nightly``: a backup each night
- ``pages``, and ``api``: what people see, and the files over HTTP
"""
