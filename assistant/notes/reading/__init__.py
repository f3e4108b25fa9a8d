"""A note as one reads it.

- ``rendering``: its fields, its text, and its links, which lead to where they lead now
- ``embeds``: other notes that it shows, in boxes
- ``sections``: the parts that links name
"""
