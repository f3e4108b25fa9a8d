"""HTML as Markdown.

- ``page``: a page on its way, with its pictures
- ``converter``: what each element becomes
"""
