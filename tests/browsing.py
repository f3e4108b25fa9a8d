"""What scenes in a browser share."""

from playwright.sync_api import Error, Page


def reload(page: Page) -> None:
    """Loads the page anew, also while it does so by itself, as one that lost its server does."""
    try:
        page.reload()
    except Error as error:
        if "ERR_ABORTED" not in str(error):
            raise
        page.wait_for_load_state()
