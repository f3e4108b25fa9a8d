"""A private AI assistant for a person or a household, in one process."""

__version__ = "0.1.0"
