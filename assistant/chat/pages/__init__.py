"""The pages of chat.

- ``routes``: which addresses lead to which page
- ``services``: what the pages need, and how their failures are said
- ``conversation``: the page of one conversation, in sections
- ``sidebar``: the list of conversations beside it
- ``thread``: what the open conversation is, read from its rows
- ``messages``: its messages, and answers that grow
- ``message_html``: one message as HTML
- ``message_acts``: what can be done with a message
- ``composer``: where one writes
- ``pictures_field``: the pictures that go along
- ``settings_dialog``: the settings of a conversation, another model
- ``notes_dialog``: an answer is kept in a note, a note is asked about
- ``welcome``: the empty chat, and what is wrong with Ollama
- ``suggestions``: models to begin with
- ``models``: the installed models
- ``pulling``: how owners get others
"""
