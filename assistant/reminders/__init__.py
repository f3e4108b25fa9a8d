"""Reminders: said in a sentence, rung exactly once, at the right time."""
