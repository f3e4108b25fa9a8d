"""What owners decide for everybody.

- ``choices``: what is demanded of everybody, and what those get who have not chosen
- ``backup_plan``: when backups are made, and which are kept
"""
