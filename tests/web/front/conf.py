"""gunicorn's settings for the small program: the product's own front, two threads."""

import os

from market.web import fair

wsgi_app = "tests.web.front.program:app"
worker_class = "market.web.fair.FairWorker"
workers = 1
threads = 2
keepalive = 5
graceful_timeout = 5
control_socket_disable = True
fair.SO_TIMESTAMPNS = int(os.environ.get("TEST_STAMP_OPTION", fair.SO_TIMESTAMPNS))
worker_connections = int(os.environ.get("TEST_CONNECTIONS", "1000"))


def post_worker_init(worker):
    """Let the program ask its worker."""
    worker.wsgi.worker = worker
