"""How accounts are entered: what programs come in with instead of a browser's cookie, and new accounts.

- ``api_keys``: keys that a person makes, for their own programs
- ``refresh``: tokens that get the next access token, once each
- ``signing``: the keys that sign access tokens, and their rotation
- ``access_tokens``: signed tokens that last a quarter of an hour
- ``grants``: names and passwords that programs send
- ``registering``: accounts that people make, and open again with a recovery code
- ``demanding``: the second step demanded of everybody
- ``bearers``: the person behind a key or a token
"""
