"""Backups by themselves.

- ``backup_plan``: when they are made, and which are kept
- ``nightly``: makes them
"""
