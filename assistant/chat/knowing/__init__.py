"""What an answer is given to read of the person's own, and how it names that.

- ``stock``: what there is to know, as other rooms hand it over
- ``mentions``: the notes, tags and conversations that a question names
- ``looking``: what is looked up for a question
- ``sources``: what was given to an answer, with its numbers
- ``citations``: the marks by which an answer names its sources
- ``evidence``: whether what is said stands in the passage
"""
