"""People, organisations and members, made by the real services; signing in; forms as a browser
sends them.

Names, numbers and addresses are counted up, so that every call makes somebody new. Services need an
app context (fixture `context`); `sign_in`, `submit` and `people_of` bring their own.
"""

import dataclasses
import datetime as dt
import functools
import itertools
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from stdnum.cn import ric, uscc
from werkzeug.test import TestResponse

from market.accounts import queries, service
from market.accounts.service import Hashed, Proof
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK, VISITOR, Actor
from market.rulebook import service as rulebook
from market.workdays import service as workdays
from tests.scenes import scene

PASSWORD = "correct-horse-battery"
_count = itertools.count(1)


@functools.cache
def password() -> Hashed:
    """The hash of PASSWORD, made once: Argon2 is slow on purpose."""
    return service.hashed(PASSWORD, login="")


def id_number(sequence: int | None = None) -> str:
    """A valid 公民身份号码 of nobody."""
    sequence = sequence if sequence is not None else next(_count)
    born = dt.date(1970, 1, 1) + dt.timedelta(days=sequence // 900)
    stem = f"360481{born:%Y%m%d}{sequence % 900 + 100:03d}"
    return stem + ric.calc_check_digit(stem + "0")


def credit_code(sequence: int | None = None) -> str:
    """A valid 统一社会信用代码 of nobody."""
    sequence = sequence if sequence is not None else next(_count)
    stem = f"91360481{sequence:09d}"
    return stem + uscc.calc_check_digit(stem)


@scene
def person(
    login: str | None = None,
    *,
    name: str = "张三",
    verified: bool = True,
    phone: str = "13800000000",
) -> int:
    """A person with the password PASSWORD; verified unless told otherwise. Returns the id."""
    login = login or f"person{next(_count)}@example.org"
    person_id = in_one_transaction(
        service.register,
        VISITOR,
        login=login,
        password=password(),
        name=name,
        id_number=id_number(),
        phone=phone,
    )
    if verified:
        in_one_transaction(service.mark_verified, CLOCK, person_id, "setup", how="setup")
    return person_id


def claimant(login: str | None = None, *, name: str = "赵六", number: str | None = None) -> Actor:
    """A person who has said who he is by the link of the mail, which nobody has checked."""
    login = login or f"person{next(_count)}@example.org"
    letter = service.Letter(f"token {login}", "激活", "…")
    in_one_transaction(
        service.open_account,
        VISITOR,
        letter=letter,
        login=login,
        password=password(),
        name=name,
        id_number=number or id_number(),
        phone="13800000001",
        submission_key=f"key {login}",
    )
    return actor_of(in_one_transaction(service.activate, VISITOR, token=letter.token))


@scene
def organisation(
    kind: str,
    name: str | None = None,
    *,
    uscc: str | None = None,
    phone: str = "0792-4222222",
    superior_id: int | None = None,
) -> int:
    """An organisation with a valid credit code; returns the id."""
    number = next(_count)
    return in_one_transaction(
        service.create_organisation,
        CLOCK,
        kind=kind,
        name=name or f"{kind} {number}",
        uscc=uscc or credit_code(number),
        phone=phone,
        superior_id=superior_id,
    )


@scene
def member(
    organisation_id: int, *duties: str, login: str | None = None, name: str = "张三"
) -> Actor:
    """A verified person with these duties in the organisation, as the actor that services take."""
    person_id = person(login, name=name)
    join(organisation_id, person_id, *duties)
    return actor_of(person_id, organisation_id)


@scene
def join(organisation_id: int, person_id: int, *duties: str) -> int:
    """Make a person a member; returns the membership's id."""
    return in_one_transaction(
        service.add_member,
        CLOCK,
        organisation_id=organisation_id,
        person_id=person_id,
        duties=duties,
    )


@scene
def body(kind: str, name: str | None = None) -> int:
    """The first body of a kind (with this name), made when there is none; returns the id."""
    found = [
        each for each in queries.organisations(reading(CLOCK), kind) if name in (None, each.name)
    ]
    return found[0].id if found else organisation(kind, name)


@scene
def staff(kind: str, *duties: str, name: str | None = None) -> Actor:
    """A new person with these duties in the first body of that kind."""
    return member(body(kind, name), *duties)


def actor_of(person_id: int, organisation_id: int | None = None) -> Actor:
    """The actor that a person is in an organisation, or as himself."""
    work = reading(CLOCK)
    is_named = queries.person(work, person_id).is_named
    if organisation_id is None:
        return Actor(person_id, named=is_named)
    card = queries.membership(work, person_id, organisation_id)
    assert card is not None
    return Actor(person_id, organisation_id, card.kind.value, card.duties, is_named)


@scene
def rules_of_the_place() -> None:
    """The rulebook and the calendar that the product ships, in force: every counted deadline needs
    them.
    """
    in_one_transaction(workdays.load_shipped, CLOCK)
    in_one_transaction(rulebook.load_default, CLOCK)


# --- the browser --------------------------------------------------------------------------


def sign_in(client: FlaskClient, who: Actor | str | int) -> None:
    """Sign a client in as an actor (with his organisation), a login or a person's id: a real
    session, no typing.
    """
    with client.application.app_context():
        token = in_one_transaction(service.begin, VISITOR, proof=_proof(who))
        if isinstance(who, Actor) and who.organisation_id is not None:
            in_one_transaction(
                service.switch_to, VISITOR, token=token, organisation_id=who.organisation_id
            )
    with client.session_transaction() as session:
        session["_user_id"] = token
        session["_fresh"] = True


def _proof(who: Actor | str | int) -> Proof:
    work = reading(CLOCK)
    if isinstance(who, str):
        card = queries.by_login(work, who)
        assert card is not None
    else:
        card = queries.person(work, who if isinstance(who, int) else who.person_id or 0)
    return Proof(card.id, card.login, work.now, needs_code=False)


@dataclasses.dataclass
class Form:
    """One form of a page: where it goes and what its fields hold; several boxes of one name that are
    ticked are a list.
    """

    action: str
    method: str
    fields: dict[str, Any]


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").lower(), {}))
            self._open = True
        elif tag == "input" and self._open and given.get("name"):
            silent = given.get("type") in ("checkbox", "radio") and "checked" not in given
            if not silent and given.get("type") not in ("submit", "file"):
                self._keep(given["name"], given.get("value", ""), given.get("type"))

    def _keep(self, name: str, value: str, kind: str | None) -> None:
        fields = self.forms[-1].fields
        before = fields.get(name)
        if kind == "checkbox" and before is not None:
            fields[name] = [*(before if isinstance(before, list) else [before]), value]
        else:
            fields[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = False


def forms(page: str) -> list[Form]:
    """The forms of a page."""
    reader = _Forms()
    reader.feed(page)
    return reader.forms


def submit(
    client: FlaskClient,
    url: str,
    fields: Mapping[str, object] | None = None,
    *,
    to: str | None = None,
    files: dict[str, object] | None = None,
) -> TestResponse:
    """Open `url`, fill in its form as a person would and send it, CSRF token and hidden keys
    included.

    The form is the one whose action is `to`; without it the last POST form of the page's content
    that has a token and is not the toolbar's. `files` are werkzeug file tuples. The answer is not
    followed.
    """
    answer = client.get(url)
    assert answer.status_code == 200, f"GET {url}: {answer.status_code}"
    found = [
        form
        for form in forms(answer.text)
        if form.method == "post" and "/sign-out" not in form.action
    ]
    if to is not None:
        found = [form for form in found if form.action == to]
    assert found, f"no form on {url}"
    data = {**found[-1].fields, **(fields or {}), **(files or {})}
    return client.post(
        to or found[-1].action or url,
        data=data,
        content_type="multipart/form-data" if files else None,
    )


def token(client: FlaskClient, url: str) -> str:
    """The CSRF token of a page, for a POST that no form of ours would make."""
    return next(
        form.fields["csrf_token"]
        for form in forms(client.get(url).text)
        if "csrf_token" in form.fields
    )


def carried(client: FlaskClient, url: str, to: str | None = None) -> dict[str, object]:
    """What a page gives a POST to carry: the CSRF token, and the token of what it shows (of the
    form for `to`, else of any).
    """
    found = forms(client.get(url).text)
    return {
        name: form.fields[name]
        for name in ("csrf_token", "shown")
        for form in found
        if name in form.fields and to in (None, form.action)
    }


def people_of(
    client: FlaskClient, organisation_id: int, duties: Iterable[str] = ()
) -> list[queries.PersonCard]:
    """The members of an organisation, from outside an app context."""
    with client.application.app_context():
        return queries.members(reading(CLOCK), organisation_id, *duties)
