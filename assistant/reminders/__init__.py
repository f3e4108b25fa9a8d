"""Reminders: said in a sentence, rung exactly once, at the right time.

- ``models``: the rows.
- ``validation``: what is typed, as it can be stored, and its limits.
- ``reminders``: set, change, get, several at once, follow a person's zone.
- ``queries``: lists, the calendar, tags.
- ``rings``: what rang, the answers to it, a ring in words.
- ``ringing``: what rings now, as one summary.
- ``snoozing``: when a ring can come again.
- ``schedule``: from a reminder to the instants at which it rings.
- ``exceptions``: occurrences that a repetition leaves out.
- ``moves``: put on another day, and back.
- ``trash``: deleted, restored, purged; whose a reminder is.
- ``links``: the note or message that a reminder leads to.
- ``recurrence``: rules, zones and occurrences; pure functions.
- ``parsing``: from a sentence to a reminder, and back.
- ``scheduling``: claims what is due, and rings it.
- ``notifications``: rings outside the page.
- ``transfer``: in and out, with everything else
- ``ical``: calendar files in and out, and the feed.
- ``pages``, and ``api``: what is asked for beside them.
"""
