"""Reminders over HTTP.

- ``v1``: reminders over the API, for programs and for what pages send
- ``calendars``: what has no session of ours: the feed that calendars read; and all reminders as a file
"""
