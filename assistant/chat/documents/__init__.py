"""Documents of questions: read apart from everything else, kept with their conversation, handed to the model.

- ``formats``: what is in a file, kind by kind
- ``child``: the process that reads one file, with little memory and time, and ends
- ``apart``: starts that process, hears how far it is, and ends it
- ``readings``: the files that are being read now
- ``library``: the rows
- ``shelf``: those of a project
- ``notes``: a document as a note
- ``marks``: marks of pages in answers, which lead there
"""
