"""The page of all settings.

- ``routes``: its addresses
- ``services``: what the sections need
- ``shell``: the list of sections, the search, and the section that is shown
- ``sections``: what stands in each section, and who sees it
- ``parts``: what the sections are made of
- ``field_rows``: preferences, each with its default and the way back to it
- ``zone_field``: the time zone
- ``data``: what is stored, and everything of one kind deleted
- ``about``: version, health, licences
- ``account``: what a person sets of their own account
- ``household``: what owners decide for everybody
"""
