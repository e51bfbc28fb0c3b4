"""Refusals that the domain can give; market.web.errors turns each into a page."""

from collections.abc import Callable, Sequence


class Refusal(Exception):
    """An expected 'no', with a code that the words for people hang on and the facts that fill them.

    `status` is the HTTP answer: 409 the state of things forbids it, 422 what was given breaks a
    rule, 400 malformed. `field` names the form field at fault, when one is.
    """

    status = 409

    def __init__(self, code: str, *, field: str | None = None, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.facts = facts


class Invalid(Refusal):
    """What was given breaks a rule; the giver can mend it."""

    status = 422


class Several(Invalid):
    """Several fields break a rule, and all of it is told at once; `each` are the refusals, of which
    the first speaks for all to who knows only one.
    """

    def __init__(self, each: Sequence[Invalid]) -> None:
        super().__init__(each[0].code, field=each[0].field, **each[0].facts)
        self.each = tuple(each)


def each_of(no: Refusal) -> Sequence[Refusal]:
    """The refusals that one stands for: itself, or several."""
    return no.each if isinstance(no, Several) else (no,)


def all_told(*checks: Callable[[], object]) -> None:
    """Run every check and refuse with all that are broken at once."""
    found: list[Invalid] = []
    for check in checks:
        try:
            check()
        except Invalid as no:
            found += [one for one in each_of(no) if isinstance(one, Invalid)]
    if len(found) == 1:
        raise found[0]
    if found:
        raise Several(found)


class Malformed(Refusal):
    """A request that no form of ours makes: bad cursor, bad number."""

    status = 400


class NotPermitted(Refusal):
    """The actor may not do this at all."""

    status = 403


class NotFound(Refusal):
    """There is none, or none for this actor: the two are not told apart."""

    status = 404
