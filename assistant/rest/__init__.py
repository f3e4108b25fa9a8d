"""What the resources of the API are made of, as ``components`` is for pages.

- ``routing``: routes that take what they name and nothing else
- ``documented``: what a route says of itself: who may, what it answers, when it fails
- ``shapes``: numbers, texts and times as JSON has them, and pieces of lists
- ``problems``: how every failure is answered
- ``etags``: versions of what is edited in two places
- ``door``: how a route reads and writes; a request that is sent twice counts once
- ``pictures``: pictures as bodies and as answers
- ``models``: the answers that are kept for that
- ``bulk``: many at once, with an answer for each
- ``cursors``: where a list goes on
- ``allowances``: how much one may ask
"""
