"""Browser contexts that serve scene after scene, so that each need not fetch and compile all scripts anew.

They are as good as new: no page, no cookie, nothing stored. Only the browser's cache stays, which holds what the
product gives away without looking at who asks; it counts as long as the address is the same, see ``Product.port``.
"""

from playwright.sync_api import Browser, BrowserContext, Page

ROOM = 4  # contexts that are kept for later


class Contexts:
    """The contexts of one browser, for the pages of one address."""

    def __init__(self, browser: Browser, address: str) -> None:
        """None is there yet."""
        self.address = address
        self._browser = browser
        self._free: list[BrowserContext] = []

    def take(self) -> BrowserContext:
        """One in which nobody has been, as far as pages can see."""
        return self._free.pop() if self._free else self._browser.new_context(base_url=self.address, timezone_id="UTC")

    def give_back(self, context: BrowserContext) -> None:
        """Takes it back, and all that its pages left in it."""
        if len(self._free) >= ROOM:
            context.close()
            return
        # Not on one of the scene's own, which may be busy, closed or away.
        blank = context.new_page()
        for page in context.pages:
            if page is not blank:
                page.close()
        self._forget(blank)
        context.clear_cookies()
        context.set_offline(False)
        blank.close()
        self._free.append(context)

    def _forget(self, page: Page) -> None:
        session = page.context.new_cdp_session(page)
        session.send("Storage.clearDataForOrigin", {"origin": self.address, "storageTypes": "all"})
        session.detach()
