"""Static files: one version of all, packed once, kept for good; and pages compressed where nothing
can be learned by it.
"""

import gzip
import posixpath
import re
import shutil
import subprocess
import sys

import brotli
import pytest
from flask import Flask, session

from market.web import static, tree
from scripts import assets
from tests.web.specimen import ROOT, create_specimen

STATIC = ROOT / "static"
UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress, None: bytes}


@pytest.fixture(scope="module", autouse=True)
def packed() -> None:
    subprocess.run([sys.executable, "scripts/assets.py"], cwd=ROOT, check=True)
    static.shelf.cache_clear()


@pytest.fixture
def app() -> Flask:
    return create_specimen()


@pytest.fixture
def folder(tmp_path):
    """A few static files of our own."""
    for name, text in (("css/a.css", "a { color: red; }\n" * 100), ("b.txt", "b")):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return tmp_path


@pytest.mark.parametrize("coding", ["gzip", "br", None])
@pytest.mark.parametrize(
    "name", ["css/market.css", "vendor/govuk-frontend.min.js", "verify/draw.js"]
)
def test_a_versioned_file_is_kept_for_good_and_is_the_repositorys(app, name, coding):
    address = f"/static/{tree.version(STATIC)}/{name}"
    answer = app.test_client().get(address, headers={"Accept-Encoding": coding or "identity"})
    assert answer.headers.get("Content-Encoding") == coding
    assert UNPACK[coding](answer.data) == (STATIC / name).read_bytes()
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "nonce" not in answer.headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("name", ["verify/draw.js", "verify/words.zh.json", "verify/cli.mjs"])
def test_an_outsiders_address_stays(app, name):
    answer = app.test_client().get(f"/static/{name}")
    assert answer.data == (STATIC / name).read_bytes()
    assert answer.headers["Cache-Control"] == "max-age=600, public"


def test_another_version_is_answered_and_not_kept(app):
    answer = app.test_client().get("/static/0123456789abcdef/css/market.css")
    assert answer.data == (STATIC / "css/market.css").read_bytes()
    assert answer.headers.getlist("Cache-Control") == ["no-cache"]
    assert app.test_client().get("/static/0123456789abcdef/css/none.css").status_code == 404


@pytest.mark.parametrize("address", ["../app.py", "%2e%2e/app.py", "css/market.css.br", "built"])
def test_nothing_else_is_given(app, address):
    for start in ("/static/", f"/static/{tree.version(STATIC)}/"):
        assert app.test_client().get(start + address).status_code == 404


def test_whoever_writes_the_product_sees_the_file_as_it_is(folder, monkeypatch):
    monkeypatch.setenv("FLASK_DEBUG", "1")
    app = Flask("market", static_folder=str(folder), static_url_path="/static")
    static.init_app(app)
    with app.test_request_context():
        address = static.static_at("css/a.css")
    (folder / "css/a.css").write_text("changed")
    answer = app.test_client().get(address)
    assert (answer.data, answer.headers["Cache-Control"]) == (b"changed", "no-cache")


def test_what_a_file_leads_to_is_of_its_version():
    """Every relative import and url() meets a file, so the version in the path carries over."""
    names = {tree.name(STATIC, path) for path in tree.files(STATIC)}
    found = []
    for name in names:
        if name.endswith((".js", ".css")):
            text = (STATIC / name).read_text()
            found += [(name, led) for led in leads(name, text)]
    assert len(found) > 30
    assert [(name, led) for name, led in found if led not in names] == []


def leads(name, text):
    if name.endswith(".css"):
        spelt = re.findall(r"url\([\"']?([^\"')]+)", text)
    else:
        spelt = re.findall(
            r"^(?:import|export)\b[^;'\"]*?\bfrom\s*[\"']([^\"']+)", text, re.MULTILINE
        )
        spelt += re.findall(r"[\"'](\.\.?/[\w./-]+\.js)[\"']", text)
    return [posixpath.normpath(f"{posixpath.dirname(name)}/{each}") for each in spelt]


class TestVersion:
    def test_any_byte_and_any_name_change_it(self, folder):
        known = {tree.version(folder)}
        (folder / "b.txt").write_text("c")
        known.add(tree.version(folder))
        (folder / "b.txt").rename(folder / "d.txt")
        known.add(tree.version(folder))
        (folder / "d.txt").unlink()
        known.add(tree.version(folder))
        assert len(known) == 4

    def test_packing_does_not(self, folder):
        before = tree.version(folder)
        assert assets.pack(folder) == folder / "built" / before
        assert tree.version(folder) == before

    def test_it_does_not_hang_on_the_place_or_the_time(self, folder, tmp_path_factory):
        there = tmp_path_factory.mktemp("there") / "static"
        shutil.copytree(folder, there, copy_function=shutil.copyfile)
        assert tree.version(there) == tree.version(folder)


def test_packing_replaces_the_older_one_and_leaves_what_would_not_shrink(folder):
    older = assets.pack(folder)
    (folder / "b.txt").write_text("c")
    newer = assets.pack(folder)
    assert [each.name for each in (folder / "built").iterdir()] == [newer.name] != [older.name]
    names = {tree.name(newer, path) for path in tree.files(newer)}
    assert names == {"css/a.css", "css/a.css.br", "css/a.css.gz", "b.txt"}
    changed = newer.stat().st_mtime_ns
    assert assets.pack(folder).stat().st_mtime_ns == changed


class TestCompression:
    """ADR 0030: no secret beside a text of the asker, and neither alone."""

    @pytest.fixture
    def app(self):
        app = create_specimen()
        large = "<p>公开的一页</p>" * 200

        @app.get("/remembers")
        def remembers():
            session["once"] = "secret"
            return large

        app.add_url_rule("/plain", "plain", lambda: (large, {"Content-Type": "text/plain"}))
        app.add_url_rule("/stream", "stream", lambda: iter([large]))
        app.add_url_rule("/short", "short", lambda: "<p>short</p>")
        return app

    @pytest.mark.parametrize(
        "address, coding",
        [
            ("/list", "gzip"),
            ("/list?title=x", None),  # a text of the asker
            ("/form", None),  # has a token, which makes a session
            ("/remembers", None),
            ("/broken/404", None),
            ("/plain", None),
            ("/stream", None),
            ("/short", None),
        ],
    )
    def test_which_answers(self, client, address, coding):
        answer = client.get(address, headers={"Accept-Encoding": "gzip, br"})
        assert answer.headers.get("Content-Encoding") == coding
        assert ("Accept-Encoding" in answer.vary) == (coding is not None)

    def test_nobody_with_a_session(self, client):
        client.get("/remembers")
        answer = client.get("/list", headers={"Accept-Encoding": "gzip"})
        assert "Content-Encoding" not in answer.headers

    @pytest.mark.parametrize("takes", ["", "identity", "br", "gzip;q=0"])
    def test_nobody_who_does_not_take_it(self, client, takes):
        answer = client.get("/list", headers={"Accept-Encoding": takes})
        assert "Content-Encoding" not in answer.headers
        assert {"Accept-Encoding", "Cookie"} <= set(answer.vary)

    def test_it_is_the_same_page(self, client):
        nonce = re.compile(rb"[0-9a-f]{32}")
        plain = client.get("/list")
        packed = client.get("/list", headers={"Accept-Encoding": "gzip"})
        assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 2
        assert nonce.sub(b"", gzip.decompress(packed.data)) == nonce.sub(b"", plain.data)
        assert client.head("/list", headers={"Accept-Encoding": "gzip"}).status_code == 200
