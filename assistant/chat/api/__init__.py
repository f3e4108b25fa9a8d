"""Conversations over HTTP.

- ``browser``: pictures of questions, exports, the printed page
- ``v1``: conversations, replies and models over the API, for programs
"""
