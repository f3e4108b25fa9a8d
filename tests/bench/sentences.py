"""How sentences are read, by category: as they were meant, otherwise but told, otherwise unseen, or not at all."""

from collections import Counter
from time import perf_counter

from playwright.sync_api import Browser

from tests.bench.measuring import tell
from tests.ollama_server import OllamaServer
from tests.reminders.sentences import COUNTRIES, lines, read, verdict


def measure(_: OllamaServer, __: Browser) -> None:
    """Prints the figures."""
    for language in COUNTRIES:
        asked = list(lines(language))
        found = [(line.category, verdict(line, language)) for line in asked]
        for category in dict.fromkeys(line.category for line in asked):
            print(f"{language}, {category}: {said(Counter(got for of, got in found if of == category))}", flush=True)
        every = Counter(got for _, got in found)
        print(f"{language}, all {len(asked)} sentences: {said(every)}", flush=True)
        tell(f"{language}: right", 100 * every["right"] / len(asked), "%", "≥ 85")
        tell(f"{language}: silently wrong", 100 * every["silent"] / len(asked), "%", "≤ 1.5")
        begun = perf_counter()
        for line in asked:
            read(line, language)
        tell(f"{language}: a sentence", (perf_counter() - begun) * 1000 / len(asked), "ms", "≤ 5")


def said(verdicts: Counter[str]) -> str:
    """The four numbers in words."""
    return " ".join(f"{verdicts[name]} {name}" for name in ("right", "told", "silent", "refused"))
