"""Feasts and holidays: the days of a year on which they fall.

- ``table``: feasts by their names, each with its day.
- ``world``: rows of it, of other religions and of single countries.
- ``days``: the days of a year that such a day means.
- ``easter``: Easter Sunday, on which most of them hang.
- ``calendars``: feasts of other calendars, and the public holidays of countries.
"""
