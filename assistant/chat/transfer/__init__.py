"""Conversations in and out, as files of an archive.

- ``shapes``: what stands in the files
- ``leaving``: writes them
- ``arriving``: takes conversations in, from an archive or from another program
- ``foreign``: what other programs export
- ``comparing``: what of a conversation is here already
- ``documents``: those of questions, and their texts
- ``memory``: facts about a person that go along
- ``projects``: folders of conversations, with their documents
- ``prompts``: those that go along
- ``questions``: those that are asked at set times
- ``removing``: all of it gone
"""
