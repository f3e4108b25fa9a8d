"""A message as HTML: what was asked or answered, how it ended, and what can be done with it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from assistant.chat.branches import Shown
from assistant.chat.models import CUT, FAILED, INTERRUPTED, STOPPED, Message
from assistant.chat.pages.documents import chips
from assistant.components.icons import use
from assistant.components.markdown.rendering import rendered

ICONS = ("back", "forward", "copy", "check", "edit", "again", "swap", "trash", "notes", "reminders", "more")
CLIPPED = (
    "Ollama read less than it was sent: the beginning was cut off. Give the model more context in Ollama, or allow "
    "less in the settings of this conversation."
)
SHORT = 10  # seconds of thinking that are told with a tenth
MARKS = re.compile(r"^[#>\s*+-]+|[*_`~]")
LATER = Markup('<button type="button" class="quiet-button" data-do="later">Show later messages</button>')
EARLIER = Markup('<button type="button" class="quiet-button" data-do="earlier">Show earlier messages</button>')


@dataclass(frozen=True)
class Tools:
    """What else can be done with a message here: it ``keeps`` it in a note, it ``reminds`` of it."""

    keeps: bool
    reminds: bool


async def message_html(shown: Shown, tools: Tools) -> Markup:
    """The message, but for an answer that is being written."""
    message = shown.message
    if message.role == "user":
        body = Markup("{}{}").format(_question(shown), _foot(shown, tools))
    else:
        text = Markup(await rendered(message.text, message.id))  # noqa: S704 - rendered to be safe
        body = Markup('{}{}{}<div class="prose">{}</div>{}').format(
            left_out_html(message), _thinking(message), _pictures(shown), text, after_html(shown, tools)
        )
    return Markup('<article id="m{}" tabindex="-1" aria-label="{}">{}</article>').format(
        message.id, named(message), body
    )  # fmt: skip


def named(message: Message) -> str:
    """Whose it is."""
    return "You" if message.role == "user" else message.model or "Assistant"


def left_out_html(message: Message) -> Markup:
    """What the model did not hear of; nothing where it heard all."""
    said = [_left_out(message.left_out)] if message.left_out else []
    said += [CLIPPED] if message.clipped else []
    return _join(Markup('<p class="message-note">{}</p>').format(words) for words in said)


def waiting_html(status: str) -> Markup:
    """What is said below an answer as long as nothing of it is there."""
    words = {"waiting": "Waiting for the model…", "loading": "Loading the model…", "acting": "Looking things up…"}.get(
        status
    )
    if not words:
        return Markup()
    return Markup(
        '<p class="message-status"><span class="pulse" aria-hidden="true"></span><span>{}</span></p>'
    ).format(words)  # fmt: skip


def after_html(shown: Shown, tools: Tools) -> Markup:
    """What stands below an answer: how it ended, and what can be done with it."""
    return Markup("{}{}").format(_outcome(shown.message), _foot(shown, tools))


def thinking_title(message: Message) -> str:
    """What stands over the thoughts."""
    return "Thoughts" if message.thinking_seconds is None else f"Thought for {seconds(message.thinking_seconds)}"


def seconds(count: float) -> str:
    """How long it took."""
    return f"{count:.{1 if count < SHORT else 0}f} s"


def unanswered_html(question: int) -> Markup:
    """What is said where the last question has no answer any more."""
    return Markup(
        '<p class="outcome"><span>This question has no answer.</span>'
        '<button type="button" class="quiet-button" data-do="answer" data-of="{}" data-write>Answer it</button></p>'
    ).format(question)


def first_line(text: str) -> str:
    """The first line that says something, without the marks of Markdown."""
    return MARKS.sub("", next((line for line in text.splitlines() if line.strip()), "")).strip()


def _question(shown: Shown) -> Markup:
    text = shown.message.text
    said = Markup('<div class="message-bubble" dir="auto">{}</div>').format(text) if text else ""
    files = _join(chips.sent(one) for one in shown.documents)
    box = Markup('<div class="message-files">{}</div>').format(files) if files else ""
    return Markup("{}{}{}").format(_pictures(shown), box, said)


def _pictures(shown: Shown) -> Markup:
    """Those of the message: attached by who asked, or drawn by a model elsewhere."""
    words = "Attached picture" if shown.message.role == "user" else "Picture of the answer"
    pictures = _join(
        Markup(
            '<a href="/images/{0}" target="_blank" rel="noopener"><img src="/images/{0}" alt="{1}" loading="lazy"></a>'
        ).format(image, words)
        for image in shown.images
    )
    return Markup('<div class="message-images">{}</div>').format(pictures) if pictures else Markup()


def _thinking(message: Message) -> Markup:
    if not message.thinking:
        return Markup()
    return Markup(
        '<details class="thinking"><summary>{}</summary><div class="thinking-text" dir="auto">{}</div></details>'
    ).format(thinking_title(message), message.thinking)  # fmt: skip


def _left_out(count: int) -> str:
    which = "The oldest message no longer fits" if count == 1 else f"The {count} oldest messages no longer fit"
    return f"{which} the model’s context and {'was' if count == 1 else 'were'} left out of this answer."


def _outcome(message: Message) -> Markup:
    words = {
        FAILED: message.error or "This answer failed.",
        STOPPED: "Stopped.",
        CUT: "The answer was cut off at the model’s limit of length.",
        INTERRUPTED: "Interrupted: Assistant was restarted while this was written.",
    }.get(message.state)
    if words is None:
        return Markup()
    acts = [_word_button("keep_on", "Continue", message.id)] if message.text else []
    acts.append(_word_button("again", "Retry", message.id))
    return Markup(
        '<div class="outcome outcome-{}"{}><span>{}</span><span class="outcome-actions">{}</span></div>'
    ).format(message.state, Markup(' role="alert"') if message.state == FAILED else "", words, _join(acts))


def _word_button(act: str, words: str, message: int) -> Markup:
    return Markup(
        '<button type="button" class="quiet-button" data-do="{}" data-of="{}" data-write>{}</button>'
    ).format(act, message, words)  # fmt: skip


def _foot(shown: Shown, tools: Tools) -> Markup:
    message, acts = shown.message, []
    if shown.versions > 1:
        acts.append(_versions(shown))
    if message.text:
        acts.append(_copy(message.text))
    if message.role == "user":
        acts.append(_act("edit", "Edit", "edit", message.id))
    elif not shown.fixed:
        if message.text:
            acts.append(_act("again", "Regenerate", "again", message.id, write=True))
        acts.append(_act("swap", "Regenerate with another model", "again_with", message.id))
    if message.text and tools.keeps:
        acts.append(_act("notes", "Save to a note", "keep", message.id))
    if message.text and tools.reminds:
        acts.append(_act("reminders", "Remind me", "remind", message.id))
    acts.append(_act("trash", "Delete", "remove", message.id, write=True))
    stats = _stats(message)
    return Markup(
        '<footer class="message-foot"><button type="button" class="icon-button message-more" data-unfold '
        'aria-expanded="false" aria-label="Actions">{}</button><span class="message-actions">{}{}</span></footer>'
    ).format(use("more"), _join(acts), Markup('<span class="message-stats">{}</span>').format(stats) if stats else "")


def _versions(shown: Shown) -> Markup:
    def turn(icon: str, label: str, version: int) -> Markup:
        off = "" if 1 <= version <= shown.versions else Markup(" disabled")
        return Markup(
            '<button type="button" class="icon-button" data-do="choose" data-of="{}.{}" aria-label="{}"{}>{}</button>'
        ).format(shown.message.id, version, label, off, use(icon))

    return Markup('<span class="versions">{}<span>{}/{}</span>{}</span>').format(
        turn("back", "Earlier version", shown.version - 1), shown.version, shown.versions,
        turn("forward", "Later version", shown.version + 1),
    )  # fmt: skip


def _act(icon: str, label: str, act: str, message: int, *, write: bool = False) -> Markup:
    return Markup(
        '<button type="button" class="icon-button" data-do="{}" data-of="{}" aria-label="{}" title="{}"{}>{}</button>'
    ).format(act, message, label, label, Markup(" data-write") if write else "", use(icon))


def _copy(text: str) -> Markup:
    return Markup(
        '<button type="button" class="icon-button copy-button" data-copy="{}" aria-label="Copy" title="Copy">'
        "{}{}</button>"
    ).format(text, use("copy"), use("check"))


def _stats(message: Message) -> str:
    """What one sees on hovering an answer: model, speed, tokens and duration, as far as known."""
    if message.role != "assistant":
        return ""
    parts = [message.model]
    if message.answer_tokens and message.answer_seconds:
        parts.append(f"{message.answer_tokens / message.answer_seconds:.1f} tokens/s")
    if message.answer_tokens is not None:
        parts.append(f"{message.prompt_tokens or 0} in, {message.answer_tokens} out")
    if message.seconds is not None:
        parts.append(f"{message.seconds:.1f} s")
    return " · ".join(part for part in parts if part)


def _join(parts: Iterable[Markup]) -> Markup:
    return Markup().join(parts)
