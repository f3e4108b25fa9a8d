"""What owners decide for everybody.

- ``choices``: what is demanded of everybody, what those get who have not chosen, and how much each may keep
- ``stored``: a text for each of them
- ``backup_plan``: when backups are made, and which are kept
"""
