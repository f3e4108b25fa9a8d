"""Moves an installation from one database to another, and proves that nothing was lost.

- ``relocation``: an installation from one to the other, for the command
- ``copying``: what is checked, copied and compared, in which order
- ``tables``: the tables, their rows as both databases mean them, and their sums
- ``side``: what each of the two databases does in it
- ``file_side``, ``server_side``: SQLite's and PostgreSQL's part
"""
