"""Who acts: a person in an organisation, or the clock. Duties are the words of docs/glossary.md."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Actor:
    """One acting identity.

    `duties` are granted to a membership (person in organisation); a visitor has none. `named` says
    that the person has said who he is, claimed or checked (实名), which filing a complaint needs
    (Ruichang: anyone, but by name).
    """

    person_id: int | None = None
    organisation_id: int | None = None
    kind: str | None = (
        None  # the organisation's kind: agency, owner, office, regulator, authority, inspection
    )
    duties: frozenset[str] = frozenset()
    named: bool = False

    @property
    def is_signed_in(self) -> bool:
        return self.person_id is not None

    def has(self, *duties: str) -> bool:
        """Whether the actor holds at least one of these duties."""
        return not self.duties.isdisjoint(duties)


VISITOR = Actor()
CLOCK = Actor(duties=frozenset({"clock"}))
"""The system clock: opens, closes, seals, notes lateness; signs nothing that takes a right away."""
