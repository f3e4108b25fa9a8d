"""What a model wants to be done: its calls, read leniently, followed strictly.

- ``schemas``: the five tools as every model is told of them
- ``reading``: calls as models write them, wherever they stand
- ``handles``: names by which a model may speak of notes and reminders, in this turn alone
- ``following``: what becomes of one call
- ``rounds``: an answer in which a model calls, round by round
- ``trial``: whether a model can do it
- ``shaped``: the same for models without tools, by one answer in a shape
"""
