"""Evaluations made for a whole zone."""

import datetime as dt

from market.catalogue import service
from market.catalogue.rules import Zone
from market.db import in_one_transaction
from market.kernel.actor import Actor

ZONE = Zone(
    zone="瑞昌经济开发区",
    title="区域地质灾害危险性评估报告",
    document_number="瑞自然资字〔2026〕8号",
    issued_on=dt.date(2026, 1, 9),
    valid_until=None,
    contact="自然资源局窗口，0792-4221111",
)


def published(who: Actor, item: str = "114", zone: Zone = ZONE, key: str | None = None) -> int:
    """Publish one; returns its id."""
    return in_one_transaction(
        service.publish_zone, who, item_code=item, details=zone, submission_key=key
    )
