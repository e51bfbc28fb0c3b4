"""Tries at a password or a code: each is counted before it is checked.

Who counts afterwards counts in sequence only: of forty passwords sent at once all are checked. So a
try is a row, committed before the slow check and taken back when the answer was right.
"""

import dataclasses
import hashlib
from collections.abc import Mapping

from sqlalchemy import delete, update

from market.accounts import queries, rules
from market.accounts.models import Person, WrongAnswer
from market.accounts.service.people import digest
from market.db import Work
from market.kernel.errors import Refusal

NOWHERE = "-"  # the address of a sign-in that came by no network: tests, the terminal
ONE_BY_ONE = "sign-in-tries"  # the row that all who count take in turn


@dataclasses.dataclass(frozen=True)
class Device:
    """A browser that has signed in before; `marks` holds `device_mark` of each person who did."""

    id: str
    marks: Mapping[int, str]

    def knows(self, person: Person) -> bool:
        """Whether this person has signed in here with the password that still holds."""
        return self.marks.get(person.id) == mark_of(person)


@dataclasses.dataclass(frozen=True)
class Try:
    """A counted try. `past_address`: the address is shut, the account has a second factor."""

    id: int
    past_address: bool


def mark_of(person: Person) -> str:
    """What a known device carries of a person; another password makes it another mark."""
    kept = f"{person.id}:{person.password_hash}"
    return hashlib.sha256(kept.encode()).hexdigest()


def device_mark(work: Work, person_id: int) -> str:
    """The mark of one person, for the cookie of the device on which he has signed in."""
    return mark_of(work.session.get_one(Person, person_id))


def count_try(
    work: Work, *, login: str, address: str = NOWHERE, device: Device | None = None
) -> Try:
    """Count a try before it is checked; `settle_try` says later what it was.

    Refuses `accounts.wait` when this login or address has given too many wrong answers lately, or
    has as many under way. Strangers shut nobody out: who comes with a device that the account knows
    is counted by his own wrong answers alone, and an account with a second factor is not held to
    the limit of an address that many share.
    """
    work.next_in(ONE_BY_ONE)
    work.session.execute(delete(WrongAnswer).where(WrongAnswer.at <= work.now - rules.TRYING))
    login = login.strip().casefold()
    person = queries.row_by_login(work, login)
    known = device if device and person and device.knows(person) else None
    place = f"device:{known.id}" if known else address
    found = queries.wrong_answers(work, digest(login), place)
    full = {limit for limit, most in rules.MOST_TRIES.items() if found[limit] >= most}
    if known is not None:
        full &= {"pair"}
    past_address = bool(full == {"address"} and person and person.totp_secret)
    if full and not past_address:
        raise waiting()
    row = WrongAnswer(login_hash=digest(login), address=place, at=work.now, is_wrong=False)
    work.session.add(row)
    work.session.flush()  # The id below.
    return Try(row.id, past_address)


def settle_try(work: Work, *, tried: Try, right: bool) -> None:
    """Take a try back that was right, or let it stand as a wrong answer."""
    mine = WrongAnswer.id == tried.id
    work.session.execute(
        delete(WrongAnswer).where(mine)
        if right
        else update(WrongAnswer).where(mine).values(is_wrong=True)
    )


def note_wrong_answer(work: Work, *, login: str, address: str = NOWHERE) -> None:
    """Count a wrong answer that is known to be one."""
    work.session.execute(delete(WrongAnswer).where(WrongAnswer.at <= work.now - rules.TRYING))
    work.session.add(
        WrongAnswer(login_hash=digest(login.strip().casefold()), address=address, at=work.now)
    )


def check_tries(work: Work, login: str, address: str) -> None:
    """Refuse `accounts.wait` where `count_try` would, without counting."""
    found = queries.wrong_answers(work, digest(login), address)
    if any(found[limit] >= most for limit, most in rules.MOST_TRIES.items()):
        raise waiting()


def waiting() -> Refusal:
    """The refusal of one who has to wait."""
    return Refusal("accounts.wait", minutes=int(rules.TRYING.total_seconds()) // 60)
