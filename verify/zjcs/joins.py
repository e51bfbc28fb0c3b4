"""What only the whole log shows of a draw: its project's other draws, who its entrants are, what proves
an exclusion, what was said of its result to people. Most of it is listed with "!".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .case import Case, Leaf
from .evidence import Step
from .exclusions import PROVED_BY
from .faults import Fault
from .logread import Found, Told

_LISTING = re.compile(r"(.*-[0-9]{4}-[0-9]{5,})-[0-9]+")
RESULTS = ("draw.result", "ranking.result")
ACTIVATED = "agency.activated"
APPROVED = "rulebook.approved"


def of_the_log(found: Found) -> Iterator[Step]:
    """What belongs to no single draw: instants out of order, leaves that nobody knows, relistings, by which
    rulebook notices were published.
    """
    for draw, fault in found.amiss:
        if draw is None:
            yield Step("remark", 3, "", mark=fault)
        elif not draw:
            yield Step("instants", 3, "", fault)
    for index, kind in found.unknown:
        mark = Fault("leaf.unknown", rule=11, where=f"leaf {index}", type=kind)
        yield Step("remark", 11, "", mark=mark)
    yield from _relistings(found)
    yield from _rulebooks(found)


def _rulebooks(found: Found) -> Iterator[Step]:
    """A notice of `/2` names the rulebook under which it runs: a version with its digest, approved on the log
    before it. "!" for any other.
    """
    approved = {
        (each.fields.get("version"), each.fields.get("digest")): each.index
        for each in reversed(found.told)
        if each.type == APPROVED
    }
    for own in found.draws.values():
        for notice in own:
            said = notice.value.get("rulebook")
            if notice["type"] != "notice.published" or said is None:
                continue
            since = approved.get((said["version"], said["sha256"]))
            if since is None or since > notice.index:
                mark = Fault(
                    "notice.rulebook", rule=16, where=notice.where, version=said["version"]
                )
                yield Step("remark", 16, "", mark=mark)


def _relistings(found: Found) -> Iterator[Step]:
    """Rule 12: a project's later notice names an earlier draw of the same project as predecessor,
    one that is over; two projects do not share a procurement number.
    """
    notices = sorted(
        (
            leaf
            for own in found.draws.values()
            for leaf in own
            if leaf["type"] == "notice.published"
        ),
        key=lambda leaf: leaf.index,
    )
    earlier: dict[str, list[str]] = {}
    projects: dict[str, str] = {}
    for notice in notices:
        project = notice.value.get("project")
        before = earlier.setdefault(project, []) if project else []
        named = notice.value.get("predecessor")
        if before and notice["draw"] not in before and named not in before:
            fault = Fault(
                "log.relisted", rule=12, where=notice.where, project=project, first=before[-1]
            )
            yield Step("draw", 12, notice["draw"], fault)
        before.append(notice["draw"])
        if named in found.draws and _lives(found, named, notice.index):
            mark = Fault("notice.lives", rule=12, where=notice.where, predecessor=named)
            yield Step("remark", 12, "", mark=mark)
        first = projects.setdefault(procurement(notice["draw"]), project or "")
        if first != (project or ""):
            mark = Fault("notice.projects", rule=12, where=notice.where, one=first, other=project)
            yield Step("remark", 12, "", mark=mark)


def procurement(draw: str) -> str:
    """The number that all listings of one procurement share: a later one ends in -2, -3, ..."""
    match = _LISTING.fullmatch(draw)
    return match[1] if match else draw


def _lives(found: Found, draw: str, index: int) -> bool:
    """Whether a draw's result stood when a leaf was logged: out, neither annulled nor failed."""
    own = [leaf for leaf in found.draws[draw] if leaf.index < index]
    if not any(leaf["type"] in RESULTS for leaf in own):
        return False
    if any(leaf["type"] == "result.final" and not leaf["winners"] for leaf in own):
        return False
    return not any(_is_over(each) for each in said_of(found, draw) if each.index < index)


def _is_over(told: Told) -> bool:
    return told.type == "selection.failed" or (
        told.type == "result.annulled" and told.fields.get("moved_on") is not True
    )


def said_of(found: Found, draw: str) -> list[Told]:
    """What the market says of a draw's notice, whose number differs from the draw's in its first
    letters alone.
    """
    _, dash, tail = draw.partition("-")
    return [each for each in found.told if dash and each.subject.partition("-")[2] == tail and tail]


def failed_at(found: Found, draw: str) -> int | None:
    """When the market said that a draw's selection has failed; None: it did not."""
    told = [each for each in said_of(found, draw) if each.type == "selection.failed"]
    at = told[0].fields.get("at") if told else None
    return at if isinstance(at, int) else None


def of_a_draw(case: Case, found: Found) -> None:
    """List what the rest of the log says against a draw."""
    for draw, fault in found.amiss:
        if draw == case.draw:
            raise fault
    _entrants_are_agencies(case, found)
    _exclusions_are_proved(case, found)
    if case.of(case.result_type):
        _result_is_told(case, found)


def _entrants_are_agencies(case: Case, found: Found) -> None:
    """Rule 6: each ref was activated as an agency before it entered."""
    since: dict[str, int] = {}
    for told in found.told:
        if told.type == ACTIVATED:
            since.setdefault(told.subject, told.index)
    entered = {leaf["no"]: leaf.index for leaf in case.of("entry.received")}
    for row in (*case.entrants, *case.excluded):
        if since.get(row["ref"], entered[row["no"]]) >= entered[row["no"]]:
            case.mark("entry.stranger", 6, case.seal.where, no=row["no"], ref=row["ref"])


def _exclusions_are_proved(case: Case, found: Found) -> None:
    """Rule 6: the leaf that an exclusion names proves its code, and is older than the close."""
    told = {each.index: each for each in found.told}
    own = {leaf.index: leaf for leaf in case.leaves}
    for row in case.excluded:
        index = row.get("leaf")
        if index is None:
            continue
        kinds = PROVED_BY.get(row["reason"], ())
        by = told.get(index)
        fits = by is not None and by.type in kinds and by.subject == row["ref"]
        leaf = own.get(index)
        if not (fits or (leaf is not None and leaf["type"] in kinds)) or not _before_close(
            case, by, leaf
        ):
            case.mark("excluded.unproved", 6, case.seal.where, no=row["no"], reason=row["reason"])


def _before_close(case: Case, told: Told | None, leaf: Leaf | None) -> bool:
    at = told.fields.get("at") if told else leaf.value.get("at", 0) if leaf else None
    return isinstance(at, int) and at < case.notice["entry_close"]


def _result_is_told(case: Case, found: Found) -> None:
    """Rule 11: what people were told is the computed order; a result that was annulled says so."""
    refs = [ref for ref, _ in case.ranking]
    for told in said_of(found, case.draw):
        where = f"leaf {told.index}"
        if told.type == "result.annulled":
            case.mark("result.annulled", 11, where, moved_on=told.fields.get("moved_on"))
        rank = told.fields.get("rank")
        if told.type == "result.published" and not (
            isinstance(rank, int)
            and 1 <= rank <= len(refs)
            and told.fields.get("winner") == refs[rank - 1]
        ):
            case.mark("result.told", 11, where, winner=told.fields.get("winner"), rank=rank)
    annulled = [each for each in said_of(found, case.draw) if _is_over(each)]
    for final in case.of("result.final"):
        if final["winners"] and any(each.index < final.index for each in annulled):
            raise Fault("final.annulled", rule=11, where=final.where, annulled=annulled[0].index)
