"""How a person is shown to themself: a name, and a picture or initials.

- ``picture``: kept, small and square
- ``face``: what pages show
"""
