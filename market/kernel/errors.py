"""Refusals that the domain can give; market.web.errors turns each into a page."""


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


class Malformed(Refusal):
    """A request that no form of ours makes: bad cursor, bad number."""

    status = 400


class NotPermitted(Refusal):
    """The actor may not do this at all."""

    status = 403


class NotFound(Refusal):
    """There is none, or none for this actor: the two are not told apart."""

    status = 404
