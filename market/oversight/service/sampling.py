"""Samples: promised before their period, listed from the log, drawn by a lot of their own, worked on by
people, told whole.
"""

from market.accounts import queries as accounts
from market.accounts.rules import Kind
from market.cases import service as case_service
from market.cases.rules import Source, Told
from market.db import Work
from market.kernel.clock import epoch
from market.kernel.errors import Refusal
from market.kernel.ids import Prefix
from market.kernel.shown import check_shown, signs
from market.ledger.service import record
from market.oversight import permissions
from market.oversight.events import SampleListed, SamplePlanned, SamplePublished
from market.oversight.models import Sample, SampleRow
from market.oversight.queries import sampling
from market.oversight.rules.sampling import (
    PUBLISH,
    Called,
    Label,
    check_called,
    check_whole,
    next_period,
)
from market.ratings import queries as ratings
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Parameter, Rulebook
from market.selection.leaves import record_draw
from market.selection.sources import service as source_service
from market.selection.way import LotUse
from market.windows import service as windows
from verify.zjcs import draw as protocol
from verify.zjcs import samples

SIZES: dict[Label, tuple[Parameter[int], Parameter[int], Parameter[int]]] = {
    Label.REVIEW: (Rulebook.review_share, Rulebook.review_least, Rulebook.review_most),
    Label.CALLBACK: (Rulebook.callback_share, Rulebook.callback_least, Rulebook.callback_most),
}
"""Of each kind of sample its share, the least and the most of it."""
PERCENT = 100


def plan_samples(work: Work) -> list[str]:
    """Promise the samples of the coming month, each once, before it begins; their numbers."""
    permissions.require(work.actor, "sample.clock")
    period = next_period(epoch(work.now))
    return [
        _planned(work, label, period) for label in Label if not sampling.known(work, label, period)
    ]


def _planned(work: Work, label: Label, period: str) -> str:
    book = rulebooks.in_force(work)
    share, least, most = (book.amount(each) for each in SIZES[label])
    number = work.next_number(Prefix.SAMPLE)
    leaf = record_draw(
        work,
        SamplePlanned(
            subject=number,
            at=work.now,
            label=label.value,
            period=period,
            share=share * PERCENT,
            least=least,
            most=max(least, most),
        ),
        protocol.PROTOCOL_2,
    )
    work.session.add(
        Sample(
            number=number,
            label=label,
            period=period,
            share=share * PERCENT,
            least=least,
            most=max(least, most),
            rulebook=book.version,
            planned_at=work.now,
            planned_leaf=leaf,
        )
    )
    return number


def list_sample(work: Work, *, number: str) -> int:
    """Fix the list of a sample whose period is over, and its lot; how many matters are on it. An empty
    one has no lot, nobody owes its results, and its list is public from then on.

    Refuses `sample.none`, `sample.no_chain` while no chain of values is there.
    """
    permissions.require(work.actor, "sample.clock")
    row = sampling.sample_row(work, number, lock=True)
    refs = sampling.sample_list(work, row)
    row.sha256 = samples.digest(refs)
    row.count = len(refs)
    row.listed_at = work.now
    row.listed_leaf = record_draw(
        work,
        SampleListed(
            subject=number,
            at=work.now,
            label=row.label.value,
            period=row.period,
            sha256=row.sha256,
            count=row.count,
        ),
        protocol.PROTOCOL_2,
    )
    if refs and not source_service.fix_lot(
        work,
        subject=number,
        label=row.label.value,
        promise_leaf=row.planned_leaf,
        list_sha256=row.sha256,
    ):
        raise Refusal("sample.no_chain")
    return len(refs)


def sample_drawn(work: Work, number: str, seed: str) -> None:
    """The seed is out: the matters that follow from it wait for those who work on them."""
    row = sampling.sample_row(work, number, lock=True)
    refs = sampling.sample_list(work, row)
    many = samples.how_many(len(refs), row.share, row.least, row.most)
    ranked = samples.ranked(seed, row.label.value, refs)
    work.session.add_all(
        SampleRow(sample_id=row.id, rank=rank, ref=ref) for rank, ref in enumerate(ranked[:many], 1)
    )
    row.drawn_at = work.now
    windows.open_counted(
        work,
        PUBLISH,
        subject=number,
        span=rulebooks.version(work, row.rulebook).window(Rulebook.sample_publish_days),
        rulebook=row.rulebook,
        responsible_id=_responsible(work, row.label),
    )


def _responsible(work: Work, label: Label) -> int:
    """Who owes the results: the managing authority; where there is none, of reviews the inspection, which
    makes them; else the office, which calls back and tells what the regulators reviewed.
    """
    kinds = sampling.EVERYBODYS if label is Label.REVIEW else (Kind.AUTHORITY,)
    found = [each.id for kind in kinds for each in accounts.organisations(work, kind)]
    return found[0] if found else accounts.office(work).id


def call_sample(work: Work, *, number: str, rank: int, result: Called, said: str) -> str | None:
    """Write down what somebody who was served said at a call-back. Who is not satisfied gets a case;
    returns its number.

    Refuses `not_permitted`, `sample.none`, `sample.called`, `sample.handled_it` to who served,
    `sample.no_words`.
    """
    permissions.require(work.actor, "sample.call")
    words = check_called(said, result)
    row = sampling.drawn_row(work, number, rank, lock=True)
    if row.called is not None:
        raise Refusal("sample.called")
    found = ratings.served(work, row.ref)
    if found is not None and found.staff_id == work.actor.person_id:
        raise Refusal("sample.handled_it")

    row.called = result
    row.said = words
    row.called_at = work.now
    row.called_by = work.actor.person_id
    if result is Called.UNSATISFIED:
        row.case_number = _case(work, number, row.ref, words, found)
    return row.case_number


def _case(work: Work, number: str, ref: str, said: str, served: ratings.Served | None) -> str:
    told = Told(
        source=Source.CALLBACK,
        source_number=number,
        matter=ref,
        said=said,
        party_name=served.party if served else "",
        phone=served.phone if served else "",
    )
    body_id = served.body_id if served else accounts.office(work).id
    return case_service.open_case(work, body_id=body_id, of=told)


@signs(sampling.sample_shown, key="number")
def publish_sample(work: Work, *, number: str, shown: str) -> None:
    """Tell the results of a sample, whole: of each how many, and the list in full.

    Refuses `not_permitted`, `sample.none`, `sample.not_drawn`, `sample.published`,
    `sample.unfinished`, `shown.changed`.
    """
    permissions.require(work.actor, "sample.publish")
    row = sampling.sample_row(work, number, lock=True)
    if row.drawn_at is None:
        raise Refusal("sample.not_drawn")
    if row.published_at is not None:
        raise Refusal("sample.published")
    check_shown(shown, sampling.sample_shown(work, number))
    rows = sampling.drawn_rows(work, row)
    check_whole(each.is_done for each in rows)

    row.published_at = work.now
    row.published_by = work.actor.person_id
    windows.close(work, PUBLISH, number)
    results = sampling.results_of(work, row)
    record(work, SamplePublished(subject=number, drawn=len(rows), results=results))


def _nothing(work: Work, number: str, *_said: object) -> None:
    """A lot of a sample waits without anybody being told, and is never given up."""


LOTS = {
    label.value: LotUse(label=label.value, waiting=_nothing, drawn=sample_drawn, aborted=_nothing)
    for label in Label
}
