"""What a phone shares with Assistant: texts, links and pictures, kept until their person says what becomes of them.

- ``models``: the rows
- ``shares``: kept, shown to their person, taken or thrown away
- ``pages``: what a phone sends, and the page that asks what becomes of it
"""
