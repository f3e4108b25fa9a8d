"""What each person chooses, and the owner for everybody.

- ``pages``: the page of all settings, a file for each section
- ``api``: accounts over the API
"""
