"""Copies of a whole installation, taken while it runs, and the way back to one.

- ``backup``: what a backup is, as its folder says, and taking one
- ``verification``: whether one can be relied on
- ``restoring``: puts one in the place of what is there
- ``retention``: which are kept
- ``outcome``: how the last one went, for whoever asks
"""
