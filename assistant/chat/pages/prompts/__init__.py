"""Prompts on the pages.

- ``completion``: ``/name`` in the composer
- ``library``: the list of them, in the settings
"""
