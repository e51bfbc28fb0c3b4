"""What the owner's form offers, and what it says of the other ways."""

from tests.factories import accounts as people
from tests.factories import selection as f
from tests.selection.test_views import FORM, inside


def test_the_form_offers_what_runs_and_says_of_the_rest_why_not(client):
    """A county has not switched on 均价: it is told, and nobody can choose it. What it has runs."""
    people.sign_in(client, inside(client, f.owner).drafter)
    page = client.get("/notices/new").text
    for method in ("random", "weighted", "proposal", "lowest", "direct"):
        assert f'value="{method}"' in page
    for method in ("average", "credit_shortlist", "auction_live"):
        assert f'value="{method}"' not in page
    for words in ("综合评分", "实时竞价", "尚在建设", "办法未开通", "不得采用", "可用"):
        assert words in page
    refused = people.submit(client, "/notices/new", FORM | {"method": "average"})
    assert refused.status_code == 422
    assert "请从列表里选择“选取方式”" in refused.text and FORM["title"] in refused.text
