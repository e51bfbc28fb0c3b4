"""Who somebody is for the table, and what one of its rows says."""

import dataclasses
from collections.abc import Mapping

# --- the identities -----------------------------------------------------------------------
SURE = {"sure": "1"}  # what a deed that asks once is told (market/web/asking.py)
ANONYMOUS = "anonymous"
AGENCIES = "agency_a agency_b applicant"
OWNERS = "owner_a owner_b new_owner"
OFFICE = "clerk checker head officer"
STAFF = f"{OFFICE} regulator editor approver inspector"
NOBODY = ""
VERIFIED = f"person {AGENCIES} {OWNERS} {STAFF} admin security"
SIGNED_IN = f"newcomer {VERIFIED}"
EVERYBODY = f"{ANONYMOUS} {SIGNED_IN}"
"""person: verified, of no organisation; newcomer: not verified yet; applicant: an agency that waits for the office;
new_owner: likewise; editor and approver: of the managing authority; the others by their duty (scene.py)."""


# --- the rows -----------------------------------------------------------------------------
@dataclasses.dataclass(frozen=True)
class Row:
    """`may`: who passes the door; the others get 403, a visitor the sign-in page.

    `of`: the kind of thing that each parameter of the address names. `reach`: who is answered about
    thing a, b or c; who
    passes the door and does not reach it gets the 404 of an absent one. A thing that `reach` does
    not name is reached by all. The thing "" stands for a page without parameters that shows one's
    own. `form`: what a POST needs to get past the form's own checks, so that the object is looked
    at. `get`, `post`: what one who is answered may be answered with; `none`: with what an absent
    thing is. `is_known`: everybody knows that the thing is there, so that the sentence may differ.
    """

    may: str
    of: str | Mapping[str, str] = ""
    reach: Mapping[str, str] = dataclasses.field(default_factory=dict)
    form: Mapping[str, str] = dataclasses.field(default_factory=dict)
    get: frozenset[int] = frozenset({200})
    post: frozenset[int] = frozenset({200, 303, 409, 422})
    none: frozenset[int] = frozenset({404})
    is_known: bool = False

    def reaches(self, who: str, thing: str) -> bool:
        """Whether this identity is answered about that thing."""
        return thing not in self.reach or who in self.reach[thing].split()

    def admits(self, who: str) -> bool:
        """Whether this identity passes the door."""
        return who in self.may.split()


def public(of: str | Mapping[str, str] = "", **more: object) -> Row:
    return Row(EVERYBODY, of, **more)  # type: ignore[arg-type]


def signed_in(of: str | Mapping[str, str] = "", **more: object) -> Row:
    return Row(SIGNED_IN, of, **more)  # type: ignore[arg-type]


def verified(of: str | Mapping[str, str] = "", **more: object) -> Row:
    return Row(VERIFIED, of, **more)  # type: ignore[arg-type]


def only(may: str, of: str | Mapping[str, str] = "", **more: object) -> Row:
    return Row(may, of, **more)  # type: ignore[arg-type]


def own(**whose: str) -> dict[str, str]:
    """Who reaches thing a, b, c."""
    return whose
