"""Over HTTP: ``browser`` for what pages fetch and send, ``v1`` for programs."""
