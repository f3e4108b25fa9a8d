"""Calendar files: read, written, subscribed to.

- ``lines``: written, read, put together into entries.
- ``zones``: VTIMEZONE written and recognised, and names of zones.
- ``values``: dates, times and alarms of entries.
- ``rules``: repetitions mended, cut and moved.
- ``events``: an entry as what a reminder is made of.
- ``dates``: the dates of a repetition, and which of them a line means.
- ``series``: a repetition with all that changes it, as reminders.
- ``reader``: a whole file, with remarks on what is left out.
- ``storing``: many reminders as rows.
- ``importer``: said first what would come, then stored in small transactions.
- ``uploads``: files that were looked at and wait for their start.
- ``writer``: the feed and the export.
- ``feed``: the private address at which calendars read.
"""
