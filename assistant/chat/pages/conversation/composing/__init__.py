"""The place where one writes, and what goes along with a question.

- ``composer``: the form
- ``mention_list``: what a mention that is begun may become
- ``long_question``: what is told, and can be done, when the question is too long
"""
