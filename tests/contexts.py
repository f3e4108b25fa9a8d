"""Browser contexts that serve scene after scene, so that each need not fetch and compile all scripts anew.

They are as good as new: no cookie, nothing stored, and no page but one that shows a picture. That one keeps the
process of the others alive, for pages of a site share one (``ONE_PROCESS``), and with it their scripts, which it has
compiled. The browser's cache stays as well, which holds what the product gives away without looking at who asks. Both
count as long as the address is the same, see ``Product.port``.
"""

from playwright.sync_api import Browser, BrowserContext, Page

ROOM = 4  # contexts that are kept for later
ONE_PROCESS = "--process-per-site"  # an argument of the browser
PICTURE = "/static/favicon.svg"  # runs nothing


class Contexts:
    """The contexts of one browser, for the pages of one address, where the product answers by now."""

    def __init__(self, browser: Browser, address: str) -> None:
        """None is there yet."""
        self.address = address
        self._browser = browser
        self._free: list[BrowserContext] = []

    def take(self) -> BrowserContext:
        """One in which nobody has been, as far as pages can see."""
        return self._free.pop() if self._free else self._made()

    def give_back(self, context: BrowserContext) -> None:
        """Takes it back, and all that its pages left in it."""
        if len(self._free) >= ROOM:
            context.close()
            return
        picture, *scene = context.pages
        for page in scene:
            page.close()
        self._forget(picture)
        context.clear_cookies()
        context.set_offline(False)
        self._free.append(context)

    def _made(self) -> BrowserContext:
        context = self._browser.new_context(base_url=self.address, timezone_id="UTC")
        context.new_page().goto(PICTURE)
        return context

    def _forget(self, page: Page) -> None:
        session = page.context.new_cdp_session(page)
        session.send("Storage.clearDataForOrigin", {"origin": self.address, "storageTypes": "all"})
        session.detach()
