"""What is in a file, kind by kind; only the child process that reads one loads any of it.

- ``detection``: what kind of file it is
- ``page_texts``: texts without pages, in parts
- ``packed``: files that are zips, within limits
- ``pdf``, ``docx``, ``odt``, ``epub``, ``html``, ``plain``: the kinds
"""
