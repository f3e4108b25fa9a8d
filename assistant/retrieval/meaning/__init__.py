"""What the texts of a room mean, as vectors of a model, which are made in the background and kept in its own tables.

- ``rows``: what those tables are made of
- ``making``: which vectors have yet to be made, and those that are kept
- ``signs``: a person's vectors as they are looked through
- ``looking``: the nearest of them, and how near chance alone comes
- ``stock``: both, of one room
- ``embedder``: lets the model make them in the background
"""
