"""What comes by itself, over the API.

- ``brief``: the daily brief
- ``questions``: questions that are asked at set times
"""
