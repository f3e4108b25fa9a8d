"""The pages of chat.

- ``routes``: which addresses lead to which page
- ``services``: what the pages need, and how their failures are said
- ``conversation``: the page of one conversation
- ``sidebar``: the list of conversations beside it
- ``thread``: its messages
- ``composer``: where one writes
- ``settings_dialog``: the settings of a conversation, another model
- ``notes_dialog``: an answer is kept in a note, a note is asked about
- ``suggestions``: the empty page
- ``today``: today's reminders in the empty page
- ``models``: the installed models
- ``pulling``: how owners get others
"""
