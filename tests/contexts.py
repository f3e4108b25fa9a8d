"""Browser contexts that serve scene after scene, so that each need not fetch and compile all scripts anew.

They are as good as new: no cookie, nothing stored, and no page but one that shows a picture. That one keeps the
process of the others alive, for pages of a site share one (``ONE_PROCESS``), and with it their scripts, which it has
compiled. The browser's cache stays as well, which holds what the product gives away without looking at who asks. Both
count as long as the address is the same, see ``Product.port``.
"""

import json
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

ROOM = 5  # contexts that are kept for later
ONE_PROCESS = "--process-per-site"  # an argument of the browser
PICTURE = "/static/favicon.svg"  # runs nothing


class Contexts:
    """The contexts of one browser, for the pages of one address, where the product answers by now."""

    def __init__(self, browser: Browser, address: str, **always: Any) -> None:
        """None is there yet; ``always`` holds for all of them."""
        self.address = address
        self._browser, self._always = browser, always
        self._free: list[BrowserContext] = []
        self._kinds: dict[BrowserContext, str] = {}

    def take(self, **options: Any) -> BrowserContext:
        """One with these options in which nobody has been, as far as pages can see."""
        kind = json.dumps(options, sort_keys=True)
        for at in reversed(range(len(self._free))):
            if self._kinds[self._free[at]] == kind:
                return self._free.pop(at)
        made = self._browser.new_context(base_url=self.address, **self._always, **options)
        self._kinds[made] = kind
        made.new_page().goto(PICTURE)
        return made

    def give_back(self, context: BrowserContext) -> None:
        """Takes it back, and all that its pages left in it; the one that nobody wanted for longest goes."""
        picture, *scene = context.pages
        for page in scene:
            page.close()
        self._forget(picture)
        context.clear_cookies()
        context.set_offline(False)
        self._free.append(context)
        if len(self._free) > ROOM:
            unwanted = self._free.pop(0)
            del self._kinds[unwanted]
            unwanted.close()

    def _forget(self, page: Page) -> None:
        session = page.context.new_cdp_session(page)
        session.send("Storage.clearDataForOrigin", {"origin": self.address, "storageTypes": "all"})
        session.detach()
