"""The pages of people, and the tab in which all rooms show theirs.

The forms are plain HTML over HTTP, which password managers fill and save.

- ``routes``: which addresses lead to which form
- ``login_pages``: log in, register, recover, log out
- ``account_pages``: a new password, new recovery codes
- ``two_step_pages``: a code of an app beside the password, turned on and off
- ``picture_pages``: a person's picture
- ``password_dialog``: the password again, before what a browser left open must not do
- ``forms``: what the forms share
- ``shell``: which view a tab shows; it stays while one moves between addresses
- ``page``: what a view has of its tab, and what ends with it
"""
