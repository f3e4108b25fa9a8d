"""What rings, in every tab.

- ``tab``: the rings of one tab: cards, numbers, sound and notifications.
- ``cards``: what a card looks like.
- ``snooze``: when a ring comes again.
- ``offers``: what a tab may ask beside the rings.
- ``device``: the browser's own part.
"""
