"""Browsers, as people call them."""


def browser(agent: str) -> str:
    """The browser and system that a User-Agent header names, as people call them."""
    systems = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS": "Mac",
               "Linux": "Linux"}  # fmt: skip
    # Each of these names the ones after it too, so the order decides.
    makers = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
    found = [next((name for sign, name in names.items() if sign in agent), "") for names in (makers, systems)]
    return " on ".join(name for name in found if name) or agent[:40] or "Unknown browser"
