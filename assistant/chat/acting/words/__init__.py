"""What a person's own words ask for, and what an answer's words claim; no model is asked.

- ``phrases``: how people ask for it, in both languages
- ``triggers``: what is asked for
- ``set_times``: questions that are to be asked at set times
- ``offers``: offers made from that
- ``claims``: acts of ours that an answer says it has done
"""
