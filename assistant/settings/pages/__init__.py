"""The page of all settings, a file for each of its sections.

- ``routes``: its address
- ``services``: what the sections need
- ``shell``: the page around the sections
- ``parts``: what the sections are made of
- ``general``: theme, time zone, titles
- ``account``: password, recovery codes, where one is logged in
- ``household``: who may register, invitations, where reminders may be sent
- ``people``: everybody's accounts
"""
