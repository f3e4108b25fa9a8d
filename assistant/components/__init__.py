"""What all pages are made of.

- ``theme``: the design tokens and the static files
- ``frame``: the frame in which every page stands
- ``icons``: one family of icons
- ``markdown``: Markdown, rendered safely
- ``controls``: fields with their labels, buttons, and where a field's problem is said
- ``form``: a form whose words wait in the browser until they are stored
- ``rows``: a list of which only what changed is sent
- ``menu``: acts that are walked by keys
- ``dropzone``: files and folders that are dropped, pasted or chosen
- ``toast``: short messages with a way back
- ``dialogs``: asks before something is done
- ``searchbox``: the box in which one searches
"""
