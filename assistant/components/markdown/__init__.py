"""Markdown that nobody vouches for, as HTML that is safe to show.

- ``rendering``: a text in, safe HTML out; for answers and for notes
- ``growing``: a text that is still being written
- ``parser``: the rules by which both are read
- ``outline``: the headings of a note
- ``emphasis``: what stands between ``*``, ``_``, ``~~`` and ``==``, also beside Chinese and Japanese signs
- ``links``: labels of links, bare addresses, pictures
- ``math``: TeX, as MathML
- ``footnotes``: notes at the end of a text
- ``callouts``: quotes that are a note, a tip or a warning
- ``tasks``: boxes that can be ticked
- ``titles``: links to notes by their titles
- ``code``: code in its colours
"""
