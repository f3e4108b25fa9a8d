"""In place of the process that reads: says how it is confined."""

import json
import os
import resource

from assistant.chat.documents.child import confine

if __name__ == "__main__":
    confine()
    limits = [resource.getrlimit(one)[0] for one in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE)]
    print(json.dumps({"limits": limits, "secret": os.environ.get("ASSISTANT_OLLAMA_KEY")}))
