"""A private AI assistant for a person or a household, in one process.

- ``__main__`` and ``cli``: the command, with ``doctor``, which examines an installation
- ``web``: the app, put together from all rooms
- ``chat``, ``notes``, ``reminders``, ``search``, ``settings``, ``archive``: the rooms, which know nothing of each other
- ``sharing``: what a phone shares, until its person says what becomes of it
- ``rest``: what the resources of the API are made of
- ``users``: who is asking
- ``retrieval``: passages of texts, and which of them answer a question
- ``components``: what all pages are made of
- ``storage``: the database, and who hears what changed
- ``ollama``: the one door to the models
- ``config``, ``errors``, ``formats``, ``text`` and ``addresses``: what all of them need
- ``loading``: what is not loaded though it is installed
"""

__version__ = "0.1.0"
