"""Rings outside the page: in closed browsers, webhooks and ntfy.

- ``channels``: where a user's reminders ring.
- ``quiet_hours``: when nobody is disturbed
- ``outbox``: what is to be sent, with leases and retries.
- ``dispatcher``: sends what the outbox holds.
- ``messages``: what a ring says to each kind of channel.
- ``web_push``: VAPID keys and encryption for browsers.
- ``http_client``: the guarded door outward.
"""
