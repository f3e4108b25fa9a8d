"""HTML as Markdown.

- ``page``: a page on its way, with its pictures
- ``converter``: what each element becomes
- ``notion_pages``: what only Notion has in its pages
"""
