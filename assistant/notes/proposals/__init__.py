"""What a model proposes for a passage of a note; nothing of it is stored before the person takes it.

- ``kinds``: what can be asked for
- ``passage``: which part of the text is meant, and where that is by now
- ``wording``: a model's answer as it fits into the note
- ``differences``: where two passages differ, word by word
- ``asking``: a proposal as it comes
- ``taking``: one that is taken
"""
