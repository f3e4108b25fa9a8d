"""The smallest real model there is, as the worst that a person can have: ``make realmodel``.

- ``weights``: a file of weights, read
- ``vocabulary``: texts as tokens
- ``transformer``: the next token
- ``server``: that as Ollama speaks
"""
