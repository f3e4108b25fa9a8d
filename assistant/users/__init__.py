"""People: their accounts, sessions and preferences.

- ``models``: the rows
- ``accounts``: who may come in, and how
- ``invitations``: links that let one person register
- ``passwords``: what may be one, and hashing
- ``sessions``: who is asking, and the end of a session
- ``access``: what programs come in with: keys, access and refresh tokens
- ``identity``: whether somebody has lately shown that it is them
- ``two_step``: a code of an app beside the password
- ``profile``: the name and the picture by which a person is shown
- ``household``: what owners decide for everybody, and when backups are made
- ``limits``: how often one may try
- ``clock_repair``: what began in the future, after the clock is put right
- ``preferences``: what each person prefers
- ``portable``: what of an account goes along in an archive
- ``devices``: browsers, as people call them
- ``pages``: the forms
"""
