"""What the rows of the access table are made of: who asks, what an address names, what a row says
(table.py).
"""

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
READS_TIPS = "head officer regulator inspector approver"
NAMED = f"person {AGENCIES} {OWNERS} {STAFF} admin security"
SIGNED_IN = f"newcomer {NAMED}"
EVERYBODY = f"{ANONYMOUS} {SIGNED_IN}"
"""person: checked, of no organisation; newcomer: has not said who he is; applicant: an agency that waits for the office;
new_owner: likewise; editor and approver: of the managing authority; the others by their duty (scene.py)."""

# --- what addresses name ------------------------------------------------------------------
BEYOND = ("9223372036854775808", "-1", "x")
IDS = ("8999999999",)
NUMBERS = ("GG-360481-2026-09999",)


@dataclasses.dataclass(frozen=True)
class Kind:
    """Values that name nothing: `absent` ones look right, `malformed` ones meet no route and are
    404 for everybody.
    """

    absent: tuple[str, ...]
    malformed: tuple[str, ...] = ()


def numbered(prefix: str) -> Kind:
    return Kind((f"{prefix}-360481-2026-09999",), (f"{prefix}-1", "9" * 40, "x"))


AN_ID = Kind(("8999999999",), BEYOND)
A_WORD = Kind(("A999999", "x" * 300, "%00", "%F0%9F%98%80", "' OR 1=1--"))
KINDS: Mapping[str, Kind] = {
    "application": numbered("RZ"),
    "attachment": AN_ID,
    "award": numbered("TZ"),
    "contract": numbered("HT"),
    "books": numbered("ZF"),
    "payment": AN_ID,
    "complaint": numbered("TS"),
    "credit": numbered("JF"),
    "draw": numbered("XQ"),
    "notice": numbered("GG"),
    "registration": numbered("YZ"),
    "tip": numbered("XS"),
    "basis": AN_ID,
    "zone": AN_ID,
    "evaluation_appeal": AN_ID,
    "card": numbered("KP"),
    "case": numbered("AJ"),
    "answer": numbered("ZS"),
    "pain": numbered("DD"),
    "clue": numbered("YJ"),
    "sample": numbered("CY"),
    "place": Kind(("99",), ("x",)),
    "change": AN_ID,
    "change_file": AN_ID,
    "complaint_draft": AN_ID,
    "draft": AN_ID,
    "draft_file": AN_ID,
    "evidence": AN_ID,
    "file": AN_ID,
    "letter": AN_ID,
    "api_token": AN_ID,
    "webhook": AN_ID,
    "following": AN_ID,
    "followed_list": Kind(("nothing", "x" * 300)),
    "lottery": AN_ID,
    "membership": AN_ID,
    "doubt": AN_ID,
    "listed": AN_ID,
    "objection": AN_ID,
    "organisation": AN_ID,
    "outstanding": AN_ID,
    "person": AN_ID,
    "proposal": AN_ID,
    "qualification": AN_ID,
    "question": AN_ID,
    "asked": AN_ID,
    "expert": numbered("PS"),
    "finding": AN_ID,
    "version": AN_ID,
    "waiting_notice": AN_ID,
    "year": Kind(("1999", "9999", "9223372036854775807"), BEYOND),
    "arrangement": A_WORD,
    "ref": A_WORD,
    "item": A_WORD,
    "document": A_WORD,
    "ending": Kind((), ("pdf",)),
    "snapshot": Kind(("2026-01-01", "latest", "x", "%F0%9F%98%80")),
    "proposal_letter": Kind(("p99", "x" * 300)),
    "proposal_part": Kind(("c", "x" * 300)),
    "seat": Kind(("99", "x" * 300)),
    "box": AN_ID,
    "source": A_WORD,
    "token": Kind(()),
    "log": Kind(("99999999", "9223372036854775808", "9" * 200), ("-1", "x")),
    "receipt": Kind(("BM-ZZZZ-ZZZZ",), ("BM-1", "x")),
    "uscc": Kind(("91360481999999999X",), ("1", "x" * 18)),
    "recent": Kind(("91360481999999999X",), ("1", "x" * 18)),
    "tile": Kind(("x", "x001/000", "999999", "../0")),
}


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


def named(of: str | Mapping[str, str] = "", **more: object) -> Row:
    return Row(NAMED, of, **more)  # type: ignore[arg-type]


def only(may: str, of: str | Mapping[str, str] = "", **more: object) -> Row:
    return Row(may, of, **more)  # type: ignore[arg-type]


def own(**whose: str) -> dict[str, str]:
    """Who reaches thing a, b, c."""
    return whose


AWAY = frozenset({303})
ELSEWHERE = frozenset({200, 303})
MANAGERS = f"{AGENCIES} {OWNERS} admin security"
MEMBERS = own(a="agency_a", b="agency_b", c="admin security")
BY_AGENCY = own(a="agency_a", b="agency_b")
BY_OWNER = own(a="owner_a", b="owner_b")
BY_OWNER_OR_DESK = own(a="owner_a checker head", b="owner_b checker head")
SPEAKS = f"{AGENCIES} {OWNERS} head regulator"
BY_REGULATOR = own(a="regulator", b="regulator")
OVERSEERS = "regulator approver inspector"
REVIEW = {
    **dict.fromkeys(
        ("rightly_excluded", "interests", "reasons", "agreement", "complaints"), "good"
    ),
    "outcome": "remark",
    "remark": "公告的报名时间偏短，已提示。",
}
READS_ENROLMENTS = "checker head regulator inspector"
# complaint a: by person, to the office; complaint b: by agency B about owner A's notice, to the
# regulator
HANDLES = "officer regulator"
HANDLED = own(a="officer", b="regulator")
BODY_A = "officer head approver"
BODY_B = "regulator approver"
SIGNS = "head"
SIGNED = own(a="head", b=NOBODY)
COMPLAINS = own(a="person", b="agency_b")
DRAFTS = own(a="person", b="agency_b")
HAS_AGENCY = {"": AGENCIES}
CHECKED_BY = own(a="clerk officer security", b="clerk officer security")
NOT_CONFIRMED = {"reason": "illegible", "note": "请重新拍照。"}
REASONS = {
    "reasons": "材料不实，不符合条件。",
    "basis": "《行政许可法》第三十一条",
    "remedy": "60 日内可申请行政复议。",
}
