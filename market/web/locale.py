"""In which language, and by which clock: Chinese and Beijing time unless the visitor chose English.

The choice is made by a link (?lang=en, ?lang=zh) and kept in a cookie. What the browser prefers is
not asked: an official page speaks Chinese first.
"""

import functools

from babel.support import NullTranslations, Translations
from flask import Flask, Response, has_request_context, request
from flask_babel import Babel, Domain, get_locale, get_translations
from flask_babel import gettext as _
from flask_babel.speaklater import LazyString
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from werkzeug.utils import cached_property
from wtforms.i18n import messages_path

from market.web.plural import FORMS, Counted, counted
from market.web.texts import Request

LOCALES = {"zh": "zh_Hans_CN", "en": "en"}
HTML_LANG = {"zh": "zh-Hans-CN", "en": "en"}
YEAR = 365 * 24 * 3600


def init_app(app: Flask) -> None:
    """Start flask-babel on locales/ and remember the visitor's choice."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", LOCALES["zh"])
    app.config.setdefault("BABEL_DEFAULT_TIMEZONE", "Asia/Shanghai")
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", "../locales")
    app.request_class = Asked
    babel = Babel(
        app, locale_selector=lambda: LOCALES[language()], timezone_selector=lambda: "Asia/Shanghai"
    )
    babel.domain_instance = Catalogues()
    app.jinja_env.globals.update(gettext=_said)
    app.jinja_env.globals.update(language=language, html_lang=lambda: HTML_LANG[language()])
    app.after_request(_remember)


class Asked(Request):
    """A request whose forms find their words ready: Flask-WTF would read its catalogue from the
    disk for each form.
    """

    @cached_property
    def wtforms_translations(self) -> NullTranslations:
        return _words_of_forms(str(get_locale()))


@functools.cache
def _words_of_forms(locale: str) -> NullTranslations:
    return Translations.load(messages_path(), [locale], domain="wtforms")


class Catalogues(Domain):
    """The catalogue of each language, found by its name: flask-babel's own way there takes longer
    than the translation.
    """

    def __init__(self) -> None:
        super().__init__()
        self._found: dict[str, Translations] = {}

    def get_translations(self) -> Translations:
        locale = get_locale()
        if locale is None:
            return super().get_translations()
        found = self._found.get(locale.language)
        if found is None:
            found = self._found[locale.language] = super().get_translations()
        return found

    def gettext(self, string: str, **variables: object) -> str:
        """A text of the catalogue; what it counts is said in the form of its number."""
        text = self.get_translations().ugettext(string)
        if FORMS.search(text):
            text = Counted(text)
        return text % variables if variables else text


@pass_context
def _said(context: Context, string: str, /, **variables: object) -> str:
    """The same for templates, where every text is a format and may be markup."""
    text = counted(get_translations().ugettext(string), variables)
    return (Markup(text) if context.eval_ctx.autoescape else text) % variables  # noqa: S704 - the catalogue's


def language() -> str:
    """zh or en: the address's ?lang, else the cookie, else zh; jobs and the terminal speak zh."""
    if has_request_context():
        for chosen in (request.args.get("lang"), request.cookies.get("lang")):
            if chosen in LOCALES:
                return chosen
    return "zh"


def is_english() -> bool:
    """Whether numbers and names are written the English way now (also under
    flask_babel.force_locale).
    """
    locale = get_locale()
    return locale is not None and locale.language == "en"


def N_(text: str) -> str:  # noqa: N802 - the customary name of the marker that extraction looks for
    """Mark a text for translation where it is a constant; it is translated when shown."""
    return text


def shown(text: object) -> object:
    """A label in the visitor's language, whether it was marked with N_ or made lazily; markup stays
    markup.
    """
    if isinstance(text, LazyString):
        return str(text)
    return _(text) if type(text) is str and text else text


def _remember(response: Response) -> Response:
    chosen = request.args.get("lang")
    if chosen in LOCALES:
        response.set_cookie("lang", chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure)
    return response
