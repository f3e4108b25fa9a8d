"""What the assistant offers, looked up and did, as people see it.

- ``cards``: below an answer, as HTML
- ``desk``: what a person does with it there
- ``allowances``: what a conversation may do without asking
- ``trial_dialog``: whether a model can act
- ``asked_box``: what programs ask for from outside, in the settings
- ``asked_banner``: that they do, above every page
- ``journal_box``: what was done, in the settings
"""
