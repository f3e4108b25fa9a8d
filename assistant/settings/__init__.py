"""What each person chooses, and the owner for everybody.

- ``fields``: the preferences in words
- ``finder``: settings by their words, and by others that people use for them
- ``pages``: the page
- ``api``: accounts over the API
"""
