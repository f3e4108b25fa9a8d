"""What the assistant does beside its words: it finds, and offers to write and to remind; never without a yes.

- ``rooms``: what other rooms let it do
- ``phrases``: how people ask for it, in both languages
- ``triggers``: what a person's own words ask for, without a model
- ``offers``: offers made from them
- ``findings``: what was found, for the model and for people
- ``journal``: what was offered and done, said yes or no to, taken back
- ``outcomes``: what the model is told of that
- ``turn``: one answer's turn
"""
