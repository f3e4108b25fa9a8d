"""The second step of the login: a code of an app beside the password.

- ``codes``: the secret, and which codes are right
- ``half_logins``: who has given the password and not yet a code
- ``drawing``: the secret as a picture that an app reads
"""
