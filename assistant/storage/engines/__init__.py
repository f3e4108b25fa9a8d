"""What the two databases do differently, each in a module of its own; all else is written once for both.

- ``engine``: what each of them can do
- ``addresses``: which of them serves, by the address of the database
- ``sqlite``: a file in the data folder, the default
- ``postgres``: a server, for several instances of the product
- ``server``: Peewee's way to that server
- ``prepared``: queries whose SQL is made once for each of them
- ``dialect``: SQL as it is written for SQLite, in PostgreSQL's words
- ``tsvector``: words and phrases, as PostgreSQL's full-text index takes them
"""
