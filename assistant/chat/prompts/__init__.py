"""Prompts that a person keeps: ``/name`` in the composer puts them there.

- ``library``: written, found by name, deleted
- ``variables``: what in a prompt is asked for
"""
