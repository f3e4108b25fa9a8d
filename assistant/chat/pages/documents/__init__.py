"""Files in pages of chat.

- ``files_field``: the files that go along with a question
- ``chips``: a file as it is shown
- ``reader``: a document's text, page by page
"""
