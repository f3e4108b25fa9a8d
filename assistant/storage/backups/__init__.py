"""Copies of a whole installation, taken while it runs, and the way back to one.

- ``backup``: what a backup is, as its folder says, and taking one
- ``snapshot``: the database at one moment, copied and checked; ``held`` keeps its file as it is meanwhile, and
  ``duplicate`` copies that in a process of its own
- ``verification``: whether one can be relied on
- ``restoring``: puts one in the place of what is there
- ``retention``: which are kept
- ``outcome``: how the last one went, for whoever asks
"""
