"""What comes by itself at set times: a brief of the day, and questions that are asked again and again.

- ``rows``: the rows
- ``around``: what it is handed of other rooms
- ``briefs``: when a brief is due, and made once
- ``brief_text``: a brief in words, by a template; what a model may add
- ``questions``: scheduled questions: added, changed, deleted
- ``asking``: those that are due: claimed, asked, followed to their end
- ``runner``: wakes when something is due
"""
