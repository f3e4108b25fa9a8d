"""What all pages are made of.

- ``theme``: the design tokens and the static files
- ``served``: scripts and styles as browsers get them
- ``frame``: the frame in which every view stands
- ``controls``: fields, buttons, and where a field's problem is said
- ``form``: a form that keeps what is typed until it is stored
- ``rows``: lists
- ``menu``: menus
- ``dialogs``: asks before something is done
- ``toast``: short messages with a way back
- ``dropzone``: a place for files
- ``icons``: one family of icons
- ``markdown``: Markdown, rendered safely
- ``printing``: a document to print
- ``html``: an element with HTML of ours inside
"""
