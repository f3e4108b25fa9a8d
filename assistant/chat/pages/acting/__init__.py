"""What the assistant offers, looked up and did, as people see it.

- ``cards``: below an answer, as HTML
- ``desk``: what a person does with it there
- ``allowances``: what a conversation may do without asking
- ``trial_dialog``: whether a model can act
- ``journal_box``: what was done, in the settings
"""
