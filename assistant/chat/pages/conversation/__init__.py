"""The page of one conversation, and the list of all beside it.

- ``conversation``: the page of one conversation, in sections
- ``sidebar``: the list of conversations beside it
- ``thread``: what the open conversation is, read from its rows
- ``messages``: its messages, and answers that grow
- ``growing_answer``: one that is being written
- ``sources_html``: what an answer was given to read
- ``message_html``: one message as HTML
- ``message_acts``: what can be done with a message
- ``composing``: where one writes
- ``welcome``: the empty chat, and what is wrong with Ollama
- ``settings_dialog``: the settings of a conversation, another model
"""
