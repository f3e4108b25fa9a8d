"""The pages of people: plain HTML forms over HTTP, which password managers fill and save.

- ``routes``: which addresses lead to which form
- ``login_pages``: log in, register, recover, log out
- ``account_pages``: a new password, new recovery codes
- ``forms``: what the forms share
- ``open``: what an open page hears, for as long as it is open
"""
