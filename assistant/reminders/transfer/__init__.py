"""Reminders in and out, as files of an archive.

- ``shapes``: what stands in the file
- ``leaving``: writes it
- ``arriving``: takes reminders in
- ``removing``: all of it gone
"""
