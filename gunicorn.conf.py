"""How gunicorn serves the product, in the demo and in the container alike; the environment rules."""

import contextlib
import os
import resource
import sys

# Watchers of draws and those who send slowly are thousands of sockets (market/web/hub.py, fair.py),
# and the usual limit is 1,024.
usual, most = resource.getrlimit(resource.RLIMIT_NOFILE)
wanted = 16_384 if most == resource.RLIM_INFINITY else min(16_384, most)
if usual != resource.RLIM_INFINITY and usual < wanted:
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
wsgi_app = "app:app"
# The front that takes a form when it is here whole (ADR 0031) and hands over streams that live long
# (ADR 0034). `gthread` runs the product too: less exact instants, a thread for each stream.
worker_class = os.environ.get("WEB_WORKER", "market.web.fair.FairWorker")
# Clients at once in a process, most of whom wait and hold no thread.
worker_connections = int(os.environ.get("WEB_CONNECTIONS", "4000"))
# One process with many threads on SQLite, whose writers queue fairly inside it; several processes
# need PostgreSQL.
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
threads = int(os.environ.get("WEB_THREADS", "32"))
keepalive = 5
timeout = 30
graceful_timeout = int(os.environ.get("WEB_GRACE", "20"))
control_socket_disable = True
limit_request_line = 4094
limit_request_fields = 64
forwarded_allow_ips = ""  # The application decides whom to believe (PROXIES), not the server.
accesslog = os.environ.get("WEB_ACCESS_LOG") or None
errorlog = "-"
loglevel = os.environ.get("WEB_LOG_LEVEL", "info")


def worker_int(worker):
    """Told to stop at once: open streams end now instead of holding their threads to the last.

    `extensions["market"]` is the fabric (market/fabric.py): nothing of ours can be imported yet
    when gunicorn reads this file, and another program than ours has none.
    """
    ours = worker.wsgi.extensions.get("market")
    if ours:
        ours.closing.set()


def post_worker_init(worker):
    """A production database is not served without its address (docs/deploy.md).

    Told to end quietly (SIGTERM), the worker waits for requests in hand, but not for streams, which
    look at `is_serving`.
    """
    ours = worker.wsgi.extensions.get("market")
    if ours is None:
        return
    try:
        ours.check_start(worker.wsgi)
    except SystemExit as no:
        worker.log.critical("%s", no)
        sys.exit(3)  # gunicorn's own word for a worker that cannot start: it ends the server
    ours.received_by = getattr(worker, "received_by", "reading")
    ours.is_serving = lambda: worker.alive
    if hasattr(worker, "lowest"):
        worker.stop_reporting = ours.begin_reporting(worker.wsgi, worker.lowest)


def worker_exit(server, worker):
    """What was in hand is answered: the list of a notice need not wait for this process."""
    if hasattr(worker, "stop_reporting"):
        worker.stop_reporting()
