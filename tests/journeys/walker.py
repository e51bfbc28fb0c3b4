"""A person at a browser. Every page on the way is looked at: no breach of WCAG 2.2 AA, nothing
beside the screen.

With JOURNEY_PICTURES=folder in the environment each page is also photographed, for a person's eye.
"""

import os
import pathlib
import re

from playwright.sync_api import Locator, Page, Response, expect

from tests.browser import WIDER, check_accessible, follow
from tests.factories.accounts import PASSWORD

SCAN = {
    "name": "扫描件.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
}


class Walker:
    """One person with a browser of his own. `looked` is shared by those whose pages are the same to
    axe.
    """

    def __init__(
        self, page: Page, name: str, looked: set[str], *, has_scripts: bool = True
    ) -> None:
        self.page = page
        self.name = name
        self._looked = looked
        self._has_scripts = has_scripts
        self._shots = 0
        self._last: Response | None = None
        page.on("response", self._note)

    def _note(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self._last = response

    # --- going ----------------------------------------------------------------------------
    def go(self, path: str, status: int = 200) -> "Walker":
        """Open an address."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == status, f"{self.name}: {path} answered {answer.status}"
        self.look()
        return self

    def follow(self, link: str) -> "Walker":
        """Click a link of the page by its words."""
        return self._click(self.main.get_by_role("link", name=link, exact=True).first)

    def press(self, button: str) -> "Walker":
        """Press a button (or what looks like one) of the page's content; the page that follows is
        no error of ours.
        """
        words = re.compile(rf"^{re.escape(button)}( →)?$")
        return self._click(self.main.get_by_role("button", name=words).first)

    def _click(self, what: Locator) -> "Walker":
        follow(self.page, what)
        assert self._last is None or self._last.status < 500, (
            f"{self.name}: {self.page.url} answered {self._last.status}"
        )
        self.look()
        return self

    # --- filling in -----------------------------------------------------------------------
    def fill(self, **fields: object) -> "Walker":
        """Fill in fields by their names: text, a choice's value, True for a box, a file."""
        for name, value in fields.items():
            self._fill(name, value)
        return self

    def _fill(self, name: str, value: object) -> None:
        field = self.main.locator(f'[name="{name}"]:not([type="hidden"])')
        kind = field.first.get_attribute(
            "type"
        )  # Asked without scripts, which some of the people do without.
        if kind in ("radio", "checkbox"):
            chosen = (
                self.main.locator(f'[name="{name}"][value="{value}"]')
                if value is not True
                else field.first
            )
            chosen.check()
        elif self.main.locator(f'select[name="{name}"]').count():
            field.select_option(str(value))
        elif kind == "file":
            field.set_input_files(value)  # type: ignore[arg-type]
        else:
            field.fill(str(value))

    def sign_in(self, login: str, path: str | None = None) -> "Walker":
        """Sign in, from the page that asks for it when one is named; a session that has ended is
        begun anew.
        """
        self.page.context.clear_cookies()
        self.go(path or "/sign-in")
        return self.fill(login=login, password=PASSWORD).press("登录")

    # --- seeing ---------------------------------------------------------------------------
    @property
    def main(self) -> Locator:
        """The page's own part, without masthead and footer."""
        return self.page.locator("main")

    def does(self, deed: str) -> "Walker":
        """Choose one of the deeds that the page offers, in its bar or at its side."""
        link = self.page.get_by_role("link", name=deed, exact=True)
        in_the_bar = self.page.get_by_role("button", name=deed, exact=True)
        return self._click(in_the_bar.or_(link).first)

    def sees(self, *words: str) -> "Walker":
        """The page says so."""
        for each in words:
            expect(self.main.get_by_text(each).first).to_be_visible()
        return self

    def sees_no(self, *words: str) -> "Walker":
        """Nowhere in the page, not even where it is not shown."""
        text = self.page.content()
        for each in words:
            assert each not in text, f"{self.name}: {self.page.url} says {each}"
        return self

    def reads(self, pattern: str) -> str:
        """The first place of the page that looks like the pattern."""
        found = re.search(pattern, self.main.inner_text())
        assert found, f"{self.name}: no {pattern} on {self.page.url}"
        return found.group()

    def is_refused(self, *sentences: str) -> "Walker":
        """The page says what is wrong, with its words, and has kept what was typed."""
        expect(self.main.locator(".govuk-error-summary")).to_be_visible()
        return self.sees(*sentences)

    def look(self) -> None:
        """Look at the page as it is now."""
        self._photograph()
        if not self._has_scripts:
            return
        assert not self.page.evaluate(WIDER), (
            f"{self.name} at {self.page.url}: wider than the screen"
        )
        shape = re.sub(r"[0-9A-F]{2,}", "#", self.page.url.partition("?")[0].partition("//")[2])
        shape += f" {self.page.viewport_size} {self.main.locator('.govuk-error-summary').count()}"
        if shape in self._looked:
            return
        self._looked.add(shape)
        check_accessible(self.page, self.name)

    def _photograph(self) -> None:
        folder = os.environ.get("JOURNEY_PICTURES")
        if folder:
            self._shots += 1
            name = re.sub(r"[^0-9A-Za-z]+", "-", self.page.url.split("/", 3)[-1])[:60]
            self.page.screenshot(
                path=pathlib.Path(folder) / f"{self.name}-{self._shots:02d}-{name}.png",
                full_page=True,
            )
