"""What models are told about a person in every conversation.

- ``facts``: the facts: kept, changed, switched off, forgotten
- ``telling``: how models are told of them
- ``sentences``: facts in a person's own words, found without a model
"""
