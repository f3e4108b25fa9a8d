"""What comes by itself, in the settings.

- ``brief_box``: when the next daily brief comes, and one at once
- ``questions_box``: questions that are asked at set times
"""
