"""What the assistant does beside its words: it finds, and offers to write and to remind; never without a yes.

- ``rooms``: what other rooms let it do
- ``words``: what a person's own words ask for, and what an answer's words claim, without a model
- ``calling``: what a model wants to be done, by tools or in a shape
- ``fence``: texts that are data and no instructions, and links that lead nowhere new
- ``given``: documents as an answer is given them
- ``findings``: what was found, for the model and for people
- ``journal``: what is offered and done, said yes or no to, taken back
- ``outside``: what programs ask for, with a key
- ``records``: the same as it is read
- ``outcomes``: what the model is told of that
- ``turn``: one answer's turn
"""
