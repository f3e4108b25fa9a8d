"""Calendar files: read, written, subscribed to.

- ``lines``: written, read, put together into entries.
- ``timezones``: VTIMEZONE written and recognised.
- ``values``: dates, times and alarms of entries.
- ``events``: an entry as what a reminder is made of.
- ``reader``: a whole file, with remarks on what is left out.
- ``importer``: said first what would come, then stored in small transactions.
- ``uploads``: files on their way from the browser to its page.
- ``writer``: the feed and the export.
- ``feed``: the private address at which calendars read.
"""
