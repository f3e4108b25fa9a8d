"""A sentence about a reminder, understood: what to remind of, when first, and how it repeats."""

from assistant.reminders.phrases.model import Problem, Understood
from assistant.reminders.phrases.saying import Meant, say
from assistant.reminders.phrases.understanding import LONGEST, understand

__all__ = ["LONGEST", "Meant", "Problem", "Understood", "say", "understand"]
