"""Rings what is due, once.

- ``claims``: each ring is won by one process.
- ``scheduler``: wakes when something is due.
- ``clock_repair``: a clock that was ahead is put right.
"""
