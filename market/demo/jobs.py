"""The demo's one job; outside a demo database it does nothing."""

import datetime as dt

from market.demo import live

JOBS = [("demo.live", dt.timedelta(seconds=20), live.keep_going)]
