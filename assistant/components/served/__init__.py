"""Scripts and styles as browsers get them.

- ``bundles``: few files, without comments, named after what is in them
- ``leaves``: the elements whose inside is a script
- ``signatures``: what NiceGUI works out and says of each element
"""
