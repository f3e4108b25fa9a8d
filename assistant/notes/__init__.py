"""Notes: written, linked, found, never lost."""
