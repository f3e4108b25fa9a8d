"""People: their accounts, sessions and preferences."""
