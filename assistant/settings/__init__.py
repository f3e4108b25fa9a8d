"""What each person chooses, and the owner for everybody.

- ``fields``: the preferences in words
- ``finder``: settings by their words, and by others that people use for them
- ``kinds``: the kinds of what a person has
- ``pages``: the page
- ``api``: accounts over the API
"""
