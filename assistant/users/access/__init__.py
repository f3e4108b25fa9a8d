"""What programs come in with instead of a browser's cookie.

- ``api_keys``: keys that a person makes, for their own programs
- ``refresh``: tokens that get the next access token, once each
- ``signing``: the keys that sign access tokens, and their rotation
- ``access_tokens``: signed tokens that last a quarter of an hour
- ``grants``: names and passwords that programs send
- ``bearers``: the person behind a key or a token
"""
