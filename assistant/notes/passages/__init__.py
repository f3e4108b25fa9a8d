"""Notes cut into passages, among which questions are answered; all of it is made again from the notes at any time.

- ``keeping``: the passages of notes, made anew where a note has changed
- ``keeper``: does so in the background
- ``finding``: those that fit a question
- ``meaning``: what passages mean, as vectors of a model
- ``fts5``, ``tsvectors``: in which passages a word stands, in SQLite and in PostgreSQL
"""
