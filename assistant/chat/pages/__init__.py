"""The pages of chat.

- ``routes``: which addresses lead to which page
- ``services``: what the pages need
- ``conversation``: the page of one conversation, and the list beside it
- ``projects``: folders of conversations in the list, and the page of one
- ``documents``: files that go along, and their pages
- ``acting``: what is offered, looked up and done below an answer
- ``prompts``: prompts in the composer and in the settings
- ``routines``: the daily brief and scheduled questions, in the settings
- ``memory_box``: what models know about a person, in the settings
- ``notes_dialog``: an answer is kept in a note, a note is asked about
- ``suggestions``: models to begin with
- ``models``: the installed models
- ``pulling``: how owners get others
"""
