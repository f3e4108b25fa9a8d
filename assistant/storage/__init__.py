"""Where rows live, and how open pages hear that they changed.

- ``database``: opened by URL, units of work, the fields of instants and keys
- ``engines``: what SQLite and PostgreSQL do differently
- ``schema``: brings a database up to date, by the steps in ``migrations``
- ``events``: a user's changes, told to open pages
- ``house``: several instances on one database, and how they hear each other
- ``arrivals``: rows on their way in, which count once all are there
- ``text``: text as both databases can keep it
- ``reserve``: disk space held back for letting people in
- ``tokens``: where indexes see words in it
- ``highlight``: shows in it where the words stand that were looked for
- ``file_names``: names that every system takes
- ``backups``: copies of all of it, and the way back
- ``copying``: moves all of it to another database
- ``lock``: one process a data folder, or several that know to share it
- ``packing``: files of an archive, written and read piece by piece
- ``zips``: the one door for zips that others made
"""
