"""What the front leans on in gunicorn: every name, found in the front's own text."""

import ast
import inspect
import textwrap

import gunicorn
from gunicorn import http as gunicorn_http
from gunicorn.http.unreader import Unreader
from gunicorn.workers import gthread

from market.web import fair, handover

METHODS = {
    "accept",
    "enqueue_req",
    "finish_request",
    "handle",
    "init_process",
    "is_parent_alive",
    "load_wsgi",
    "murder_pending",
    "on_client_socket_readable",
    "set_accept_enabled",
    "wait_for_and_dispatch_events",
}
KEPT = {
    "_accepting",
    "alive",
    "cfg",
    "keepalived_conns",
    "method_queue",
    "nr_conns",
    "poller",
    "sockets",
    "worker_connections",
    "wsgi",
}
CONNECTION = {"client", "close", "data_ready", "parser", "sock"}


def leaned_on(module, ours: type) -> tuple[set[str], set[str]]:
    """The names of the worker and of a connection that a subclass of ours uses or puts others in
    the place of, and that are not its own.
    """
    theirs = {name for name in dir(gthread.ThreadWorker) if not name.startswith("__")}
    tree = ast.parse(inspect.getsource(module))
    made = ast.parse(textwrap.dedent(inspect.getsource(ours.__init__)))  # type: ignore[misc]
    own = {name for name in vars(ours) if name not in theirs}
    own |= {
        node.attr
        for node in ast.walk(made)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    }
    used: dict[str, set[str]] = {"self": set(), "conn": set()}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            used.setdefault(node.value.id.removesuffix("ection"), set()).add(node.attr)
    return (used["self"] - own) | (vars(ours).keys() & theirs), used["conn"]


def test_the_front_leans_on_these_names_of_this_version():
    """Another version may have changed what the subclasses lean on without a name of it changing:
    read market/web/fair.py and handover.py beside gunicorn's gthread.py before the pin and this
    line move.
    """
    assert gunicorn.__version__ == "27.0.1"
    fairs, connections = leaned_on(fair, fair.FairWorker)
    hands, more = leaned_on(handover, handover.HandsOver)
    handed = {"_receivers"}  # of the one subclass to the other
    assert (fairs | hands) - handed == METHODS | KEPT
    assert connections | more == CONNECTION
    worker = gthread.ThreadWorker
    assert [name for name in METHODS if not callable(getattr(worker, name, None))] == []
    sources = inspect.getsource(worker) + inspect.getsource(worker.__mro__[1])
    assert [name for name in KEPT if f"self.{name} = " not in sources] == []
    connection = set(gthread.TConn.__init__.__code__.co_names) | set(vars(gthread.TConn))
    assert connection >= CONNECTION
    assert callable(Unreader.take_buffered)
    assert callable(gunicorn_http.get_parser)
