"""What goes wrong with Ollama, and the sentence for each that says what to do."""

from dataclasses import dataclass

from assistant.errors import ModelUnavailable


@dataclass(frozen=True, slots=True)
class Failure:
    """One that is known: ``sentence`` is for everybody, ``advice`` for owners.

    Both may name ``{model}`` and ``{host}``. With ``quotes`` the sentence goes on in Ollama's own words.
    """

    sentence: str
    advice: str = ""
    reason: str = "refused"
    quotes: bool = False


FAILURES = {
    # On the way there.
    "refused": Failure(
        "Ollama cannot be reached right now.", "Start Ollama at {host}, or set OLLAMA_HOST to where it runs.",
        "unreachable",
    ),
    "no such name": Failure(
        "The name of Ollama’s machine is not known here.",
        "Check the name in OLLAMA_HOST ({host}), or write its IP address.", "unreachable",
    ),
    "silent": Failure(
        "The machine that Ollama runs on does not answer.",
        "See whether it is on and in this network, or set OLLAMA_HOST ({host}) to where Ollama runs.", "unreachable",
    ),
    "not trusted": Failure(
        "The certificate at Ollama’s address is not trusted.",
        "Set ASSISTANT_OLLAMA_CA to the file of the authority that signed it.", "unreachable",
    ),
    "other name": Failure(
        "The certificate at Ollama’s address is for another name.",
        "Write the name that is in the certificate into OLLAMA_HOST ({host}).", "unreachable",
    ),
    "expired": Failure(
        "The certificate at Ollama’s address has expired.", "Renew it, or set this machine’s clock.", "unreachable"
    ),
    "no TLS": Failure(
        "There is no HTTPS at Ollama’s address.", "Write http:// in place of https:// into OLLAMA_HOST ({host}).",
        "unreachable",
    ),
    "wants TLS": Failure(
        "Ollama’s address wants HTTPS.", "Write https:// before the name in OLLAMA_HOST ({host}).", "unreachable"
    ),
    "TLS": Failure(
        "No secure connection to Ollama could be made.", "Check what answers at {host}; the log has the details.",
        "unreachable",
    ),
    "proxy away": Failure(
        "The proxy on the way to Ollama cannot be reached.",
        "Start it, or name Ollama’s machine in no_proxy and restart Assistant.", "unreachable",
    ),
    "proxy login": Failure(
        "The proxy on the way to Ollama wants a name and a password.",
        "Write them into http_proxy or https_proxy as user:password@ before the proxy’s name.", "unreachable",
    ),
    "proxy kind": Failure(
        "The proxy that is set up for Ollama is of a kind that cannot be used.",
        "Set http_proxy or https_proxy to an http:// proxy, or name Ollama’s machine in no_proxy.", "unreachable",
    ),
    "proxy refused": Failure(
        "The proxy on the way to Ollama refuses to lead there.",
        "Allow {host} in the proxy, or name Ollama’s machine in no_proxy.", "unreachable",
    ),
    # What answers is not Ollama, or something stands in front of it.
    "redirect": Failure(
        "Something that leads elsewhere answers at Ollama’s address.",
        "Set OLLAMA_HOST ({host}) to where it leads; often only https:// is missing.",
    ),
    "login": Failure(
        "Ollama’s address wants a password or a key.",
        "Write user:password@ before the name in OLLAMA_HOST, or set ASSISTANT_OLLAMA_KEY.",
    ),
    "forbidden": Failure(
        "Ollama’s address does not let Assistant in.",
        "Allow this machine there: in the proxy before Ollama, or in OLLAMA_ORIGINS where Ollama runs.",
    ),
    "not there": Failure(
        "Something other than Ollama answers at its address.", "Check the port and the path in OLLAMA_HOST ({host})."
    ),
    "page": Failure(
        "A web page answers at Ollama’s address in place of Ollama.",
        "Check the port and the path in OLLAMA_HOST ({host}).",
    ),
    "gave up": Failure(
        "The proxy before Ollama did not wait long enough. Try again.",
        "Let it wait for ten minutes, as large models load slowly.",
    ),
    "too large": Failure(
        "This is too large for the proxy before Ollama. Send less text, or smaller pictures.",
        "Let the proxy take larger requests, such as 100 MB.",
    ),
    "nothing behind": Failure(
        "The proxy before Ollama cannot reach it.", "Start Ollama behind {host}, and check where the proxy leads."
    ),
    # Ollama itself.
    "missing": Failure("{model} is not installed. Choose another model, or pull it.", reason="missing"),
    "not accepted": Failure(
        "Ollama did not accept this. Look at the conversation’s settings, then try again.", quotes=True
    ),
    "too many": Failure("Ollama got too many requests. Wait a minute, then try again.", quotes=True),
    "busy": Failure("Ollama is busy. Try again in a minute.", quotes=True),
    "memory": Failure(
        "{model} needs more memory than there is. Choose a smaller model, or less context in the settings.",
        "Close other programs where Ollama runs, or unload other models.",
    ),
    "crashed": Failure(
        "{model} stopped working in Ollama. Try again; less context or a smaller model may help.",
        "Ollama’s log says why. Updating Ollama often helps.", quotes=True,
    ),
    "broken inside": Failure("Something broke in Ollama. Try again.", "Ollama’s log says what.", quotes=True),
    "no tools": Failure("{model} cannot use tools. Choose a model that can."),
    "no thinking": Failure(
        "{model} cannot think like that. Set Thinking to “As the model likes”, then try again.", reason="thinking"
    ),
    "no pictures": Failure("{model} cannot see pictures. Choose a model with vision, then try again."),
    "no chat": Failure("{model} cannot chat. Choose another model."),
    "too long": Failure("This is longer than {model} can read. Shorten it, or begin a new chat."),
    "too old": Failure("{model} needs a newer Ollama.", "Update Ollama, then try again."),
    # Downloads.
    "no such model": Failure(
        "There is no model called {model} to pull. Look up its name at ollama.com/library.", quotes=True
    ),
    "no library": Failure(
        "Ollama could not reach its library. Try again later.", "Check the internet where Ollama runs.", quotes=True
    ),
    "disk full": Failure("The disk that Ollama keeps its models on is full.", "Delete a model, then pull it again."),
    "damaged": Failure("The download of {model} was damaged. Pull it again."),
    # On the way back.
    "slow": Failure("Ollama took too long to answer. Try again.", "Restart Ollama if this stays.", "broken"),
    "broke off": Failure("The connection to Ollama broke. Try again.", reason="broken"),
    "cut": Failure("Ollama’s answer was cut off before its end. Try again.", reason="broken"),
    "pull cut": Failure("The download of {model} was cut off. Try again to resume it.", reason="broken"),
    "no sense": Failure(
        "Ollama’s answer made no sense and was stopped. Try again.",
        "Check that Ollama is what answers at {host}, and update it.", "broken",
    ),
    # What nobody thought of.
    "wordless": Failure("Ollama refused this without a word. Try again.", "Ollama’s log may say why."),
    "told": Failure("", quotes=True),
}  # fmt: skip


def unavailable(kind: str, *, host: str = "", model: str = "", words: str = "") -> ModelUnavailable:
    """The failure of this kind in words, with those of Ollama where they say more."""
    known = FAILURES[kind]
    model = model or "The model"
    told = [known.sentence.format(model=model, host=host), f"Ollama says: {words}" if words and known.quotes else ""]
    advice = known.advice.format(model=model, host=host)
    return ModelUnavailable(" ".join(filter(None, told)), reason=known.reason, advice=advice)
