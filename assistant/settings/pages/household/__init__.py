"""What owners decide for everybody.

- ``registration``: who may register, and invitations
- ``allowed``: what is allowed, and what everybody needs
- ``people``: everybody's accounts
- ``room``: how much each may keep
"""
