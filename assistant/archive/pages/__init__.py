"""The boxes of the settings by which people take everything out, bring it in, and leave; and those of backups.

- ``services``: what they need
- ``boxes``: what they are made of
- ``export_box``, ``import_box``: out and in
- ``leaving_box``: the account deleted
- ``backups_box``: backups, for owners
- ``banner``: says to owners on every page that the last backup failed
"""
