"""Notes in an archive of everything, row by row.

- ``shapes``: what stands in the files
- ``leaving``: writes them
- ``arriving``: takes notes in
- ``removing``: all of them gone
"""
