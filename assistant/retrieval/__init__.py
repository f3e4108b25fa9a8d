"""Passages of texts, and which of them answer a question; it knows no rooms.

- ``passages``: a text cut into passages
- ``questions``: what of a question is looked for
- ``stop_words``: what is not
- ``vectors``: what texts mean, small enough to look through all of them
- ``prefixes``: what models of embeddings want before a text
- ``meaning``: what the texts of a room mean, kept in tables of its own
- ``due``: what work in the background that stays due is made of
- ``ranking``: which passages fit best by their words, and several rankings made one
"""
