"""What a person sets of their own account.

- ``login``: password, recovery codes, two-step login, where one is logged in
- ``profile``: the name and the picture by which one is shown
- ``keys``: keys for programs
"""
