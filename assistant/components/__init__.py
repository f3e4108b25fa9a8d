"""What all pages are made of.

- ``theme``: the design tokens and the static files
- ``frame``: the frame in which every page stands
- ``icons``: one family of icons
- ``markdown``: Markdown, rendered safely
- ``toast``: short messages with a way back
- ``dialogs``: asks before something is done
- ``searchbox``: the box in which one searches
"""
