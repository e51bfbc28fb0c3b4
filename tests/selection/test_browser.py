"""The public pages in a real browser: accessible, no wider than the screen, at a desk and on a
telephone.
"""

import pytest

from tests.browser import DESKTOP, PHONE, check_accessible
from tests.factories import selection as f


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_lists_notices_and_results_are_accessible_and_fit(app, visitor, live_server, viewport):
    with app.app_context():
        buyer = f.owner()
        number, _made = f.announced_notice(buyer=buyer)
        opened = f.published_notice(buyer, ceiling_fen=100, title="赤湖片区地形图测绘服务")
    page = visitor(viewport=viewport, bypass_csp=True)
    for url in (
        "/notices",
        "/notices?tab=awarded",
        f"/notices/{number}",
        f"/notices/{opened}",
        "/results",
    ):
        page.goto(url)
        check_accessible(page)
