from tests.journeys.test_main_job import NAME, publishes, receives_entries, is_drawn, stands, agencies, people, parts, login
def test_tmp(place, walker, mail_server):
    with place.app.app_context():
        made = agencies.active_agency([parts.ITEM], name=NAME, legal_representative="李四")
        people.member(made.organisation_id, "agency_agent", login=login("agency"))
    checker, public = walker("checker").sign_in(login("checker")), walker("public")
    notice = publishes(place, walker, checker, public)
    receives_entries(place, walker, walker("agency"), public, notice)
    is_drawn(place, public, notice)
    stands(place, walker, public, notice)
