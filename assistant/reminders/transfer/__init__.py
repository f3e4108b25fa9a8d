"""Reminders in and out, as files of an archive.

- ``shapes``: what stands in the file
- ``leaving``: writes it
- ``arriving``: takes reminders in
- ``removing``: how much there is, and all of it gone
"""
