"""People: their accounts, sessions and preferences.

- ``models``: the rows
- ``accounts``: who may come in, and how
- ``invitations``: links that let one person register
- ``passwords``: what may be one, and hashing
- ``sessions``: who is asking, and the end of a session
- ``identity``: whether somebody has lately shown that it is them
- ``two_step``: a code of an app beside the password
- ``household``: what owners decide for everybody, and when backups are made
- ``limits``: how often one may try
- ``clock_repair``: what began in the future, after the clock is put right
- ``preferences``: what each person prefers
- ``portable``: what of an account goes along in an archive
- ``devices``: browsers, as people call them
- ``pages``: the forms
"""
