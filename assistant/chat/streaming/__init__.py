"""Answers that are being written, owned by the server and not by any page.

- ``live``: one answer while it is written, and how those who look at it follow
- ``replies``: all of them: begun, followed, stopped
- ``answering``: one of them, from what its conversation says to what the model does
- ``keeping``: its row: what came so far, and its end
- ``leases``: which instance writes an answer, where several could
- ``elsewhere``: answers that other instances write
- ``titles``: the model's better titles, once it is idle
"""
