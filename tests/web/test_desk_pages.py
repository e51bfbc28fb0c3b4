"""The desks in a browser: keys, decision bar, next case, scans beside the data; and without scripts."""

from tests.browser import PHONE, WIDER, violations
from tests.factories import accounts as people
from tests.factories import agencies, selection
