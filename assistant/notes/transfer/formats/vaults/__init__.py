"""Folders of Markdown whose apps write some of it in their own way.

- ``logseq``: pages with properties, journals
- ``dendron``: links with the label first
"""
