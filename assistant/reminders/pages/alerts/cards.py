"""What the cards of rings look like: one line each, with their answers."""

from dataclasses import dataclass

from markupsafe import Markup

from assistant.components.icons import svg
from assistant.reminders.ringing import Summary
from assistant.reminders.rings import RingText

ROOM = 3  # cards; more than that become one
TITLES = 3  # that the card of many names


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to decide, asked once in a browser under ``key``; ``allow`` lets the browser ask for its permission."""

    key: str
    title: str
    words: str
    yes: str
    allow: bool = False


def cards(summary: Summary) -> dict[str, Markup]:
    """The cards by their names: one for each ring, or for those that ring just now and one for all the others."""
    if summary.total <= ROOM:
        return {f"ring{ring.id}": _card(ring) for ring in summary.rings}
    alone = [ring for ring in summary.rings if not ring.late][: ROOM - 1]
    rest = [ring for ring in summary.rings if ring not in alone]
    return {f"ring{ring.id}": _card(ring) for ring in alone} | {"many": _many(rest, summary.total - len(alone), alone)}


def words(ring: RingText) -> str:
    """When it was to ring, and how late that is."""
    return " · ".join(part for part in (ring.when, ring.late, ring.missed) if part)


def offer_card(offer: Offer) -> Markup:
    """The card that asks."""
    return Markup(
        '<div class="offer" role="group" aria-label="{title}">{icon}'
        '<div class="ring-text"><h2>{title}</h2><p>{words}</p></div><div class="ring-acts">'
        '<button type="button" class="main-button" data-do="accept" data-of="{key}"{allow}>{yes}</button>'
        '<button type="button" class="quiet-button" data-do="decline" data-of="{key}">Not now</button></div></div>'
    ).format(
        title=offer.title, words=offer.words, key=offer.key, yes=offer.yes, icon=svg("reminders"),
        allow=Markup(" data-allow") if offer.allow else "",
    )  # fmt: skip


def _card(ring: RingText) -> Markup:
    return Markup(
        '<div class="ring{late}" role="alertdialog" aria-label="Reminder: {text}">{icon}'
        '<div class="ring-text"><h2><a href="{address}" title="{text}">{text}</a></h2><p>{words}</p></div>'
        '<div class="ring-acts">'
        '<button type="button" class="main-button" data-do="done" data-of="{id}">{check}<span>Done</span></button>'
        '<button type="button" class="quiet-button" id="snooze{id}" data-do="snooze" data-of="{id}"'
        ' aria-haspopup="menu">{clock}<span>Snooze</span></button>'
        '<a class="quiet-button ring-open" href="{address}">Open</a>'
        '<button type="button" class="icon-button" data-do="dismiss" data-of="{id}" aria-label="Dismiss"'
        ' title="Dismiss">{close}</button></div></div>'
    ).format(
        id=ring.id, text=ring.text, address=ring.address, words=words(ring), late=" late" if ring.late else "",
        icon=svg("reminders"), check=svg("check"), clock=svg("clock"), close=svg("close"),
    )  # fmt: skip


def _many(rings: list[RingText], count: int, others: list[RingText]) -> Markup:
    if all(ring.late for ring in rings) and not others:
        title = f"{count} reminders rang while you were away"
    else:
        title = f"{count} {'more ' if others else ''}reminders ring"
    named = ", ".join(ring.text for ring in rings[:TITLES]) + (" …" if count > TITLES else "")
    return Markup(
        '<div class="ring" id="rings-many" role="alertdialog" aria-label="{title}">{icon}'
        '<div class="ring-text"><h2><a href="{address}">{title}</a></h2><p>{named}</p></div><div class="ring-acts">'
        '<a class="main-button" href="{address}">See all</a>'
        '<button type="button" class="quiet-button" data-do="dismiss-all">Dismiss all</button></div></div>'
    ).format(title=title, named=named, address="/reminders?view=overdue", icon=svg("reminders"))
