"""The composition root: the one module that knows every other."""

import datetime as dt
import importlib
import importlib.util
import logging
import os
import pathlib
from collections.abc import Iterator
from types import ModuleType

from flask import Blueprint, Flask
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from market.accounts import queries as accounts
from market.accounts import sessions
from market.adapters import instance
from market.catalogue import shipped
from market.db import db
from market.fabric import Fabric
from market.kernel.clock import Clock, WallClock
from market.kernel.entropy import Entropy, system_entropy
from market.kernel.plain import Json
from market.ledger import jobs as ledger_jobs
from market.ledger.guard import Guard
from market.operations import views as operations
from market.portal import navigation
from market.search import jobs as search_jobs
from market.search import service as search
from market.selection.entries import jobs as entry_jobs
from market.web import (
    arrival,
    auth,
    compress,
    errors,
    format,
    headers,
    hosts,
    ids,
    locale,
    static,
    texts,
    typed,
)
from market.web.naming import NAMES
from market.windows import face
from market.windows import jobs as windows
from market.windows.directory import DIRECTORY

ROOT = pathlib.Path(__file__).parent.parent
ROOMS = (
    "ledger",
    "workdays",
    "rulebook",
    "windows",
    "files",
    "accounts",
    "catalogue",
    "owners",
    "agencies",
    "reputation",
    "evaluations",
    "enrolment",
    "selection",
    "selection.sources",
    "selection.quotes",
    "selection.notices",
    "selection.entries",
    "selection.results",
    "selection.lots",
    "selection.credit",
    "selection.jurors",
    "selection.draws",
    "selection.direct",
    "selection.prices",
    "selection.scored",
    "selection.shortlist",
    "selection.auction",
    "complaints",
    "contracts",
    "cards",
    "cases",
    "ratings",
    "letters",
    "following",
    "search",
    "opendata",
    "programs",
    "api",
    "oversight",
    "operations",
    "portal",
    "demo",
    "web",
)
LIMITS = {
    "MAX_CONTENT_LENGTH": 2 * 2**20,
    "MAX_FORM_PARTS": 200,
    "MAX_FORM_MEMORY_SIZE": 1 * 2**20,
    "WTF_CSRF_TIME_LIMIT": None,
}  # a form opened before a deadline must not die of a stale token in its last minute
SWEEP = dt.timedelta(seconds=5)
csrf = CSRFProtect()


def create_app(
    config: Json | None = None,
    *,
    clock: Clock | None = None,
    entropy: Entropy | None = None,
) -> Flask:
    """The whole product. `config` wins over the environment, which wins over the instance's
    market.toml.
    """
    given = dict(config or {})
    folder = pathlib.Path(
        given.get("INSTANCE") or os.environ.get("MARKET_INSTANCE") or ROOT / "instance"
    )
    app = Flask(
        "market",
        root_path=str(ROOT / "market"),
        template_folder="../templates",
        static_folder="../static",
        instance_path=str(folder.absolute()),
    )
    configure(app, folder, given)
    woven(folder, clock or WallClock(), entropy or system_entropy).put_into(app)
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True, compare_type=True)
    csrf.init_app(app)
    for plumbing in (arrival, texts, ids, headers, locale, format, compress, static):
        plumbing.init_app(app)
    errors.init_app(app)
    typed.init_app(app)  # before the guard of pages: who was signed out is not turned away
    auth.init_app(app)
    for blueprint in blueprints():
        app.register_blueprint(blueprint)
    for room in modules("cli"):
        for command in getattr(room, "COMMANDS", None) or [room.group]:
            app.cli.add_command(command)
    NAMES.keep({**shipped.bodies(), **shipped.english()}, app)
    DIRECTORY.keep(accounts, app)  # whom windows wait for, seen from below
    for furniture in (sessions, face, navigation):
        furniture.init_app(app)
    return app


def woven(folder: pathlib.Path, clock: Clock, entropy: Entropy) -> Fabric:
    """The clock, chance and log of an application with what the rooms put into the common tables."""
    return Fabric(
        clock=clock,
        entropy=entropy,
        guard=Guard(folder),
        before_log=search.follow,
        migrated=search_jobs.fill,
        make_app=create_app,
        permissions=gathered("permissions", "MAY"),
        words=gathered("words", "WORDS"),
        event_labels=gathered("words", "EVENTS"),
        parameters=gathered("queries", "PARAMETERS"),
        window_kinds=gathered("rules", "WINDOW_KINDS"),
        window_handlers=gathered("service", "WINDOW_HANDLERS"),
        ways=gathered("service", "WAYS"),
        lot_uses=gathered("service", "LOTS"),
        remedies=gathered("service", "REMEDIES"),
        identity_recusals=gathered("queries", "IDENTITY_RECUSALS"),
        hands=gathered("queries", "HANDS"),
        waiting=gathered("queries", "WAITING"),
        parts_shown=gathered("words", "SHOWN"),
        held=[held for room in modules("integrity") for held in room.HELD],
        witness_time=ledger_jobs.witness_time,
        check_start=operations.check_web_start,
        begin_reporting=entry_jobs.begin_reporting,
        jobs=[
            ("windows.sweep", SWEEP, windows.sweep),
            *(job for room in modules("jobs") for job in getattr(room, "JOBS", [])),
        ],
    )


def configure(app: Flask, folder: pathlib.Path, given: Json) -> None:
    """Settings in their order, with what the product cannot run without."""
    app.config.from_mapping(LIMITS, INSTANCE=str(folder), **instance.settings(folder))
    app.config.from_prefixed_env("MARKET")
    if os.environ.get("DATABASE_URL"):
        app.config["DATABASE_URL"] = os.environ["DATABASE_URL"]
    app.config.from_mapping(given)
    if not app.config.get("SECRET_KEY"):
        app.config["SECRET_KEY"] = instance.secret_key(folder)
    url = app.config.get("SQLALCHEMY_DATABASE_URI") or app.config.get("DATABASE_URL")
    app.config["SQLALCHEMY_DATABASE_URI"] = database_url(
        url or f"sqlite:///{(folder / 'market.sqlite').absolute()}"
    )
    app.config.setdefault(
        "SQLALCHEMY_ENGINE_OPTIONS",
        {"pool_size": int(os.environ.get("WEB_THREADS", "32")) + 4, "pool_timeout": 10},
    )
    hosts.init_app(app)
    if app.config.get("PROXIES"):
        hops = app.config["PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops, hops)  # type: ignore[method-assign]
    logging.getLogger("market").setLevel(logging.INFO)


def database_url(url: str) -> str:
    """The URL with the driver that is installed: people write postgresql:// and mean it."""
    for scheme in ("postgres://", "postgresql://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def module(name: str) -> ModuleType | None:
    """A module of ours, or None where a room has no such piece of furniture."""
    try:
        found = importlib.util.find_spec(name)
    except ModuleNotFoundError:
        return None
    return importlib.import_module(name) if found else None


def modules(piece: str) -> Iterator[ModuleType]:
    """That piece of furniture of every room that has one."""
    for room in ROOMS:
        found = module(f"market.{room}.{piece}")
        if found:
            yield found


def blueprints() -> list[Blueprint]:
    """Every room's blueprints, each once: rooms of one folder share one, whose pages are all read
    before it is registered.
    """
    pages = [getattr(room, "BLUEPRINTS", None) or [room.bp] for room in modules("views")]
    return list(dict.fromkeys(blueprint for several in pages for blueprint in several))


def gathered(piece: str, table: str) -> Json:
    """The rooms' tables of one name as one; a key in two rooms is an error of the writers'."""
    whole: Json = {}
    for room in modules(piece):
        own = getattr(room, table, {})
        if twice := whole.keys() & own.keys():
            raise RuntimeError(f"{table}: {sorted(twice)} in two rooms")
        whole.update(own)
    return whole
