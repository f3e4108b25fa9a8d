"""The one door to Ollama; everything that fails behind it comes out as ModelUnavailable.

- ``door``: what one can ask of it
- ``options``: how an answer is asked for
- ``answers``: what comes back
- ``streaming``: an answer as it is streamed, line by line
- ``thoughts``: thinking that stands in the text is taken out of it
- ``connection``: how it is reached: credentials, certificates, bounds
- ``proxies``: whether through a proxy
- ``failures``: what goes wrong, and what to say of it
- ``diagnosis``: what went wrong this time
"""

from assistant.ollama.proxies import bare_environment

with bare_environment():
    # Its module makes a client as it is loaded, which ends in an error for a proxy or an address that it does not know.
    import ollama  # noqa: F401 - from now on it is there for all modules
