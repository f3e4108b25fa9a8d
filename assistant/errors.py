"""The few kinds of failure that callers decide on; every other exception is a bug."""


class AssistantError(Exception):
    """A failure that is told to the person in one plain sentence."""

    status = 500
    title = "Something went wrong"

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        """``field`` names the input that the sentence is about, where there is one."""
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class NotFound(AssistantError):  # noqa: N818 - an answer, as in HTTP, rather than an error
    """It does not exist, or it is someone else's: the two must look the same."""

    status = 404
    title = "Not found"


class Invalid(AssistantError):  # noqa: N818
    """What was typed cannot be used; ``field`` says where it stands."""

    status = 422
    title = "Please check what you typed"


class Forbidden(AssistantError):  # noqa: N818
    """The person is known and may not do this."""

    status = 403
    title = "Not allowed"


class Conflict(AssistantError):  # noqa: N818
    """It changed meanwhile, or it is already so."""

    status = 409
    title = "It changed meanwhile"


class Full(AssistantError):  # noqa: N818
    """It does not fit into the room that the person has."""

    status = 507
    title = "No room left"


class TooMany(AssistantError):  # noqa: N818
    """Too often or too much at once; ``retry_after`` is in seconds."""

    status = 429
    title = "Too many tries"

    def __init__(self, sentence: str, *, retry_after: float, field: str | None = None) -> None:
        """``retry_after`` says after how many seconds another try makes sense."""
        super().__init__(sentence, field=field)
        self.retry_after = retry_after


class Busy(TooMany):
    """We have no room for this right now, whoever asks."""

    status = 503
    title = "Busy"


class ModelUnavailable(AssistantError):  # noqa: N818
    """Ollama, or the model in it, did not do what was asked.

    ``reason`` is one of ``unreachable``, ``missing`` (no such model), ``refused`` (Ollama said no, in its own
    words), ``thinking`` (the model cannot think as wished), ``broken`` (the answer was cut or made no sense).
    ``advice`` is for owners: what they can do.
    """

    status = 503
    title = "The model is not available"

    def __init__(self, sentence: str, *, reason: str, advice: str = "") -> None:
        """``reason`` is what callers decide on; the sentence is for people."""
        super().__init__(sentence)
        self.reason, self.advice = reason, advice

    def told(self, *, owner: bool) -> str:
        """The whole of it for one person: what to do is told to owners only."""
        return f"{self.sentence} {self.advice if owner else ''}".strip()
