"""After enrolment: lapse, suspension, and what others read, on both databases."""

import datetime as dt

import pytest

from market.agencies import queries as agencies
from market.agencies import rules as agency_rules
from market.agencies.models import Agency
from market.agencies.queries import Filter
from market.agencies.rules import Held, Tier
from market.catalogue.rules import Items
from market.db import db, reading
from market.enrolment import queries, rules, service
from market.kernel.actor import CLOCK, Actor
from market.kernel.clock import CHINA
from market.kernel.errors import Invalid, NotFound, NotPermitted, Refusal
from market.windows import jobs
from market.windows import queries as windows
from tests.enrolment.deeds import at, do, kinds, standing
from tests.factories import accounts as people
from tests.factories import agencies as factory

pytestmark = pytest.mark.databases
UNTIL = dt.date(2026, 3, 20)


# --- standing -----------------------------------------------------------------------------


def test_a_line_lapses_at_24_00_of_the_last_day_of_its_certificate(context, clock):
    made = factory.active_agency(["301", "302", "103"], valid_to=dt.date(2026, 3, 31))
    assert standing(made, at=dt.date(2026, 3, 31)).may_enter
    assert standing(made, at=dt.date(2026, 4, 1)).reason == "agency.qualification_expired"
    clock.instant = dt.datetime(2026, 3, 31, 23, 59, 59, tzinfo=CHINA).astimezone(dt.UTC)
    jobs.sweep()
    assert standing(made).may_enter
    clock.advance(dt.timedelta(seconds=1))
    assert (
        standing(made).reason == "agency.qualification_expired"
    )  # before any sweep: dates decide, not the state
    jobs.sweep()
    jobs.sweep()
    assert kinds(made.ref).count("agency.line_lapsed") == 2
    assert standing(made, "103").may_enter
    assert agencies.eligible_count(reading(CLOCK), Items(("301",))) == 0


def test_a_second_certificate_keeps_the_line_open(context, clock):
    factory.town()
    made = factory.started_agency()
    factory.fill(made, ["301"], valid_to=dt.date(2026, 3, 31))
    for key, end in (("december", dt.date(2026, 12, 31)), ("lasting", None)):
        held = Held("测绘资质", "甲级", ("工程测量",), dt.date(2026, 3, 1), end)
        do(
            service.add_qualification,
            made.actor,
            held=held,
            number=key,
            issuer="省厅",
            file_id=factory.scan(made.actor),
            submission_key=key,
        )
    ref = do(
        service.approve,
        factory.checker(),
        number=do(service.submit, made.actor, submission_key="s"),
    )
    at(clock, "2026-04-01")
    jobs.sweep()
    assert standing(made).may_enter
    assert "agency.line_lapsed" not in kinds(ref)


def test_a_line_that_another_certificate_covers_for_some_time_lapses_with_that(context, clock):
    factory.town()
    made = factory.started_agency()
    factory.fill(made, ["301"], valid_to=dt.date(2026, 3, 31))
    held = Held("测绘资质", "甲级", ("工程测量",), dt.date(2026, 3, 1), dt.date(2026, 4, 30))
    do(
        service.add_qualification,
        made.actor,
        held=held,
        number="2",
        issuer="省厅",
        file_id=factory.scan(made.actor),
        submission_key="2",
    )
    do(
        service.approve,
        factory.checker(),
        number=do(service.submit, made.actor, submission_key="s"),
    )
    at(clock, "2026-04-01")
    jobs.sweep()
    assert standing(made).may_enter
    assert standing(made, at=dt.date(2026, 5, 1)).reason == "agency.qualification_expired"
    at(clock, "2026-05-01")
    jobs.sweep()
    assert kinds(standing(made).ref).count("agency.line_lapsed") == 1


def test_a_suspension_ends_by_itself_after_its_last_day(context, clock):
    made = factory.active_agency()
    factory.suspended(made.ref, reason="逾期未签合同", until=dt.date(2026, 3, 31))
    assert standing(made).reason == "agency.suspended"
    assert agencies.by_ref(reading(CLOCK), made.ref).suspended_until == dt.date(2026, 3, 31)
    at(clock, "2026-04-01", 0)
    jobs.sweep()
    assert standing(made).may_enter
    assert kinds(made.ref)[-1] == "agency.reinstated"


def checker_and_head() -> Actor:
    """One person with both duties."""
    office = factory.head().organisation_id
    assert office is not None
    return people.member(office, "enrolment_checker", "office_head")


def test_a_suspension_says_why_and_until_when(context):
    made = factory.active_agency()
    both = checker_and_head()
    with pytest.raises(Invalid, match=r"agency.unreasoned"):
        do(
            service.propose_suspension,
            both,
            ref=made.ref,
            fact="abnormal",
            reason=" ",
            until=dt.date(2026, 3, 20),
        )
    with pytest.raises(Invalid, match=r"agency.until_missing") as no:
        do(service.propose_suspension, both, ref=made.ref, fact="abnormal", reason="x", until=None)
    assert no.value.field == "until"
    with pytest.raises(Invalid, match=r"agency.until_past"):
        do(
            service.propose_suspension,
            both,
            ref=made.ref,
            fact="abnormal",
            reason="x",
            until=dt.date(2026, 3, 4),
        )
    with pytest.raises(Invalid, match=r"agency.fact") as no:
        do(service.propose_suspension, both, ref=made.ref, fact="x", reason="x", until=UNTIL)
    assert no.value.field == "fact"
    with pytest.raises(NotFound, match=r"agency.none"):
        do(
            service.propose_suspension,
            both,
            ref="A999999",
            fact="abnormal",
            reason="x",
            until=dt.date(2026, 3, 20),
        )


def test_a_suspension_and_its_end_take_two_persons(context):
    made = factory.active_agency()
    both = checker_and_head()
    head = factory.head()
    proposal = {"ref": made.ref, "fact": "abnormal", "reason": "配合调查", "until": UNTIL}
    with pytest.raises(NotPermitted):
        do(service.propose_suspension, head, **proposal)
    for nothing in (service.sign_standing, service.drop_standing):
        with pytest.raises(Refusal, match=r"agency.no_proposal"):
            do(nothing, head, ref=made.ref)
    do(service.propose_suspension, both, **proposal)
    with pytest.raises(Refusal, match=r"agency.same_person"):
        do(service.sign_standing, both, ref=made.ref)
    assert standing(made).may_enter
    do(service.drop_standing, head, ref=made.ref)
    do(service.propose_suspension, both, **proposal)
    do(service.sign_standing, head, ref=made.ref)
    assert standing(made).reason == "agency.suspended"
    with pytest.raises(Refusal, match=r"agency.wrong_state"):
        do(service.propose_suspension, both, **proposal)


def test_two_persons_end_a_suspension_before_its_last_day(context):
    made = factory.active_agency()
    head = factory.head()
    checker = factory.checker()
    with pytest.raises(Refusal, match=r"agency.wrong_state"):
        do(service.propose_reinstatement, checker, ref=made.ref)
    factory.suspended(made.ref)
    with pytest.raises(NotPermitted):
        do(service.propose_reinstatement, made.actor, ref=made.ref)
    do(service.propose_reinstatement, checker, ref=made.ref)
    assert standing(made).reason == "agency.suspended"
    do(service.sign_standing, head, ref=made.ref)
    assert standing(made).may_enter


def test_the_end_of_a_suspension_that_was_ended_before_does_nothing(context):
    made = factory.active_agency()
    head = factory.head()
    factory.suspended(made.ref, until=dt.date(2026, 3, 31))
    late = windows.live(reading(CLOCK), rules.SUSPENSION, made.ref)
    do(service.propose_reinstatement, factory.checker(), ref=made.ref)
    do(service.sign_standing, head, ref=made.ref)
    before = kinds(made.ref)
    do(service.WINDOW_HANDLERS["agencies.suspension"], CLOCK, due=late)
    assert kinds(made.ref) == before


# --- reading ------------------------------------------------------------------------------


def test_the_directory_is_narrowed_by_place_item_and_text(context):
    here = factory.active_agency(["301"], name="青山测绘有限公司")
    city = factory.active_agency(["103"], name="庐山咨询有限公司", region="360402")
    away = factory.active_agency(["301"], name="钟山测绘有限公司", region="320106")
    factory.submitted_agency(["301"], name="未核验有限公司")
    work = reading(CLOCK)

    def found(**by):
        return [each.name for each in agencies.directory(work, Filter(**by))]

    assert found() == [away.name, city.name, here.name]
    assert found(tier=Tier.HERE) == [here.name]
    assert found(tier=Tier.CITY) == [city.name]
    assert found(tier=Tier.ELSEWHERE) == [away.name]
    assert found(items=("301",)) == [away.name, here.name]
    assert found(text="测绘") == [away.name, here.name]
    assert found(text=here.ref.lower()) == found(text=here.uscc.lower()) == [here.name]
    assert found(text="%") == []
    assert found(text=f"{here.uscc[:8]}\u2011{here.uscc[8:]}") == [here.name]
    assert agencies.count(work, Filter()) == 3
    assert agencies.tiers(work) == {Tier.HERE: 1, Tier.CITY: 1, Tier.PROVINCE: 0, Tier.ELSEWHERE: 1}
    first = agencies.directory(work, Filter(), limit=2)
    assert [each.name for each in agencies.directory(work, Filter(), first.next, 2)] == [here.name]


def test_the_directory_is_narrowed_by_the_state_that_the_public_sees(context):
    """An intention is no state: who is leaving or to be removed is told as suspended, and found so."""
    rows = {}
    for state in agency_rules.PUBLIC:
        made = factory.active_agency(["301"])
        agency = db.session.query(Agency).filter_by(organisation_id=made.organisation_id)
        agency.update({"state": state})
        db.session.commit()
        rows[made.ref] = agency_rules.SHOWN_AS.get(state, state)
    work = reading(CLOCK)
    assert set(agency_rules.SHOWN) == set(rows.values())
    for state in agency_rules.SHOWN:
        found = agencies.directory(work, Filter(state=state), limit=50)
        assert {each.ref for each in found} == {ref for ref in rows if rows[ref] is state}
        assert {each.public_state for each in found} == {state}


def test_a_public_profile_shows_the_contact_only_where_the_agency_chose_so(context):
    shy = factory.active_agency()
    open_ = factory.active_agency(shows_contact=True)
    work = reading(CLOCK)
    assert queries.profile(work, shy.uscc).contact_phone is None
    assert queries.profile(work, open_.uscc).contact_phone == "0792-4222222"


def test_agencies_are_found_by_every_name_that_others_know_them_by(context):
    made = factory.active_agency()
    work = reading(CLOCK)
    for found in (
        agencies.agency(work, made.uscc),
        agencies.by_ref(work, made.ref),
        agencies.of_organisation(work, made.organisation_id),
        agencies.by_refs(work, [made.ref, "A999999"])[made.ref],
    ):
        assert (found.ref, found.is_public) == (made.ref, True)
    assert (
        queries.organisation_of(work, made.ref)
        == queries.organisation_of(work, made.number)
        == made.organisation_id
    )
    assert queries.organisation_of(work, "A999999") is None
    assert agencies.of_organisation(work, 0) is None
    assert agencies.standing(work, 0, Items(("301",)), work.today).reason == "agency.not_enrolled"
    assert queries.last_application(work, agencies.by_ref(work, made.ref)).number == made.number
    for nothing in (lambda: agencies.agency(work, "x"), lambda: agencies.by_ref(work, "x")):
        with pytest.raises(NotFound, match=r"agency.none"):
            nothing()
    with pytest.raises(NotFound, match=r"agency.no_enrolment"):
        queries.application(work, "x")


def test_an_end_of_a_suspension_that_is_not_signed_leaves_it_running_and_the_log_silent(context):
    made = factory.active_agency()
    head = factory.head()
    factory.suspended(made.ref)
    do(service.propose_reinstatement, factory.checker(), ref=made.ref)
    before = kinds(made.ref)
    do(service.drop_standing, head, ref=made.ref)
    assert (standing(made).reason, kinds(made.ref)) == ("agency.suspended", before)
    assert queries.to_sign(reading(head)) == []
