"""What an answer offers, looked up and did, as HTML below it; the rows say what is true, never the answer's words."""

import json
from collections.abc import Collection, Iterable, Sequence

from markupsafe import Markup

from assistant.chat.acting import journal, records
from assistant.chat.acting.outcomes import in_words
from assistant.chat.models import ACTED, CLAIMED, PROPOSED, REFUSED, UNABLE, UNDONE, VOID, Act
from assistant.components.icons import use

ICONS = ("bulb", "check", "close", "search", "undo", "edit", "about")
SEVERAL = 2
YES = "document.querySelector('[data-do=yes]')"  # in the browser, the button of the card that waits
# What is said of an act that is over, and whether it can be offered again.
OVER = {
    REFUSED: ("Not done: {}.", True),
    VOID: ("Not done, the offer lapsed: {}.", True),
    UNDONE: ("Undone: {}.", False),
    UNABLE: ("Could not be done: {}.", False),
}
PIECES = {
    "same": Markup('<span>{}</span>'), "added": Markup("<ins>{}</ins>"), "removed": Markup("<del>{}</del>"),
}  # fmt: skip


def acts_html(acts: Sequence[Act], off: Collection[int] = (), *, keys: bool = True) -> Markup:
    """All of it; what waits for a yes stands last, in one card. Those that are ``off`` are not ticked.

    With ``keys``, Escape is a no to the card; Enter is a yes once its first button has the focus.
    """
    waiting = [act for act in acts if act.state == PROPOSED]
    rest = [act for act in acts if act not in waiting and act.allowed != journal.AGAIN and records.shown(act).title]
    if not waiting and not rest:
        return Markup()
    parts = [_line(act) for act in rest]
    if waiting:
        parts.append(_card(waiting, frozenset(off), keys=keys))
    whole = Markup('<section class="answer-acts" aria-label="What was done and offered">{}</section>')
    return whole.format(_join(parts))


def _line(act: Act) -> Markup:
    """What is over, on a line."""
    if act.state == CLAIMED:
        show = _button("claimed", "Show me the card", act.id)
        words = "Nothing was saved, whatever the answer says."
        return _row("about", CLAIMED, Markup("<span>{}</span>{}").format(words, show))
    if not act.deed:
        return _looked(act)
    if act.state == ACTED:
        open_it = Markup('<a href="{}">Open</a>').format(act.address) if act.address else Markup()
        undo = _button("undo", "Undo", act.id) if records.can_undo(act) else Markup()
        return _row("check", "done", Markup("<span>{}</span>{}{}").format(act.result, open_it, undo))
    words, again = OVER[act.state]
    said = words.format(in_words(act))
    if act.state == UNABLE:
        said = f"{said} {act.result}"
    offer = _button("offer_again", "Offer again", act.id) if again else Markup()
    return _row("undo" if act.state == UNDONE else "close", act.state, Markup("<span>{}</span>{}").format(said, offer))


def _looked(act: Act) -> Markup:
    card = records.shown(act)
    if not card.pieces:
        return _row("search", "looked", Markup("<span>{}</span>").format(card.title))
    links = _join(Markup('<li><a href="{}">{}</a></li>').format(address, words) for address, words in card.pieces)
    opened = Markup(" open") if act.round == 0 else Markup()
    inside = Markup("<details{}><summary>{}</summary><ul>{}</ul></details>").format(opened, card.title, links)
    return _row("search", "looked", inside)


def _row(icon: str, kind: str, inside: Markup) -> Markup:
    return Markup('<div class="act act-{}">{}{}</div>').format(kind, use(icon), inside)


def _card(acts: Sequence[Act], off: frozenset[int], *, keys: bool) -> Markup:
    several = len(acts) >= SEVERAL
    shown = _join(_offer(act, several=several, on=act.id not in off) for act in acts)
    wanted = [act for act in acts if act.id not in off]
    of = ",".join(f"{act.id}.{act.digest}" for act in wanted)
    yes = Markup(
        '<button type="button" class="main-button" data-do="yes" data-of="{}"{}>{}</button>'
    ).format(
        of, Markup(" disabled") if not wanted else "",
        f"Do {'it' if not several else 'these' if len(wanted) > 1 else 'this'}",
    )  # fmt: skip
    no = Markup('<button type="button" class="quiet-button" data-do="no" data-of="{}"{}>Don’t</button>').format(
        ",".join(str(act.id) for act in acts), Markup(' data-key="escape"') if keys else ""
    )
    one = acts[0] if not several else None
    change = _button("rewrite", "Change", one.id) if one and records.shown(one).editable is not None else Markup()
    always = _always(one) if one else Markup()
    return Markup(
        '<div class="act-card" role="group" aria-label="Waits for your yes"><p class="act-note">{}</p>{}'
        '<div class="act-buttons">{}{}{}{}</div></div>'
    ).format("Nothing is done before you say so.", shown, yes, change, no, always)


def _always(act: Act) -> Markup:
    if act.program or act.deed.endswith((".delete", ".schedule")) or json.loads(act.sources):
        return Markup()
    of = f"{act.id}.{act.digest}"
    return Markup(
        '<button type="button" class="plain-button act-always" data-do="always" data-of="{}">'
        "Always in this conversation</button>"
    ).format(of)


def _offer(act: Act, *, several: bool, on: bool) -> Markup:
    card = records.shown(act)
    first, *more = card.lines or ("",)
    pieces = _join(PIECES[kind].format(text) for kind, text in card.pieces)
    parts = [
        Markup('<p class="act-what" dir="auto">{}</p>').format(first) if first else Markup(),
        *(Markup('<p class="act-when">{}</p>').format(line) for line in more),
        Markup('<p class="muted">Next: {}</p>').format(" · ".join(card.next)) if card.next else Markup(),
        Markup('<div class="act-pieces" dir="auto">{}</div>').format(pieces) if pieces else Markup(),
        *(Markup('<p class="say-assumed">{}</p>').format(told) for told in card.told),
        *(
            Markup('<p class="say-assumed">The model had read {}, which you did not write.</p>').format(source)
            for source in json.loads(act.sources)
        ),
    ]
    title = Markup("<h3>{}</h3>").format(card.title)
    if several:
        title = Markup(
            '<label class="check"><input type="checkbox" data-do="tick" data-of="{}"{}><span>{}</span></label>{}'
        ).format(
            act.id, Markup(" checked") if on else "", card.title,
            _button("rewrite", "Change", act.id) if card.editable is not None else "",
        )  # fmt: skip
    return Markup('<div class="act-offer"><div class="act-title">{}</div>{}</div>').format(title, _join(parts))


def _button(act: str, words: str, of: int) -> Markup:
    return Markup('<button type="button" class="quiet-button" data-do="{}" data-of="{}">{}</button>').format(
        act, of, words
    )


def _join(parts: Iterable[Markup]) -> Markup:
    return Markup().join(parts)
