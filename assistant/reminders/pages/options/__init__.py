"""Where reminders ring, and the calendars that show them.

- ``page``: the page of calendars; the settings show where reminders ring.
- ``notifications``: devices, webhooks and ntfy.
- ``channel_form``: the form that adds a webhook or an ntfy topic.
- ``this_device``: the switches of this browser; ``push.js`` is the browser's own part.
- ``calendars``: the address that calendars read, and the export.
- ``calendar_import``: a calendar file, looked at and brought in.
- ``section``: a box with its heading.
"""
