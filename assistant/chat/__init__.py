"""Conversations with the models in Ollama.

- ``models``: the rows
- ``conversations``: list, change, delete, restore, purge
- ``projects``: folders of conversations, with what all in one begin with
- ``messages``: ask, edit, regenerate, resume
- ``branches``: read a branch, choose a version, cut and put back
- ``acting``: what an answer offers, looks up and does beside its words
- ``knowing``: what an answer is given to read of the person's own, and how it names that
- ``streaming``: the answers that are being written
- ``prompts``: prompts that are called by their names
- ``routines``: a brief of the day, and questions that are asked at set times
- ``memory``: what models are told about a person in every conversation
- ``course``: what leads to an answer
- ``context``: what of it fits into the model
- ``tokens``: about how many those are
- ``pictures``: pictures for questions
- ``documents``: files for questions, read apart
- ``search``: words in messages
- ``models_status``: whether Ollama answers, and which models it has
- ``pulls``: downloads of models
- ``pages``: the pages
- ``transfer``: in and out, with everything else, and from other programs
- ``export``: a conversation as Markdown and as JSON
- ``api``: pictures, exports and the printed page over HTTP; all of it for programs
"""
