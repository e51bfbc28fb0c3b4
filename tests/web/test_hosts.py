"""A Host that is not trusted is a 400, from the first request of a process on."""

import flask
import pytest
from werkzeug.middleware.proxy_fix import ProxyFix

from market.web import hosts

TRUSTED = "market.example"
FOREIGN = [
    "evil.example",
    "",
    "a b",
    "[::1",
    "market.example:99999999",
    "market.example@evil",
    "market.example..",
    ".",
    "MARKET.EXAMPLE.evil",
    "market.example.evil.",
    "例",
]
PATHS = ["/", "/nowhere", "/sign-in", "/static/x.css", "/healthz", "/log/checkpoint"]


@pytest.fixture
def app_config():
    return {"TRUSTED_HOSTS": [TRUSTED], "PROPAGATE_EXCEPTIONS": False, "TESTING": False}


@pytest.mark.parametrize("host", FOREIGN)
def test_the_first_foreign_host_is_a_400_of_a_page_without_addresses(client, host):
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert "不是本网站" in answer.text
    assert "href" not in answer.text


@pytest.mark.parametrize("path", PATHS)
def test_so_is_every_path_and_every_method(client, path):
    for ask in (client.get, client.post):
        assert ask(path, headers={"Host": "evil.example"}).status_code == 400
        english = ask(f"{path}?lang=en", headers={"Host": "evil.example"})
        assert "not this site" in english.text


@pytest.mark.parametrize(
    "host", [TRUSTED, TRUSTED.upper(), "Market.Example", f"{TRUSTED}.", "MARKET.example.:8443"]
)
@pytest.mark.parametrize("listed", [TRUSTED, "MARKET.example", f"{TRUSTED}.", ".Example."])
def test_the_own_host_is_answered_however_it_is_written(host, listed):
    app = flask.Flask("own")
    app.config["TRUSTED_HOSTS"] = [listed]
    hosts.init_app(app)
    app.add_url_rule("/", view_func=lambda: flask.request.host)
    answer = app.test_client().get("/", headers={"Host": host})
    assert answer.status_code == 200
    assert answer.text.partition(":")[0] == TRUSTED


@pytest.mark.parametrize("host", [TRUSTED, f"{TRUSTED}:8443", f"{TRUSTED.upper()}.:8443"])
def test_the_own_host_is_answered(client, host):
    assert client.get("/", headers={"Host": host}).status_code == 200


def test_what_a_proxy_says_is_compared_so_too():
    app = flask.Flask("own")
    app.config["TRUSTED_HOSTS"] = [TRUSTED]
    hosts.init_app(app)
    app.wsgi_app = ProxyFix(app.wsgi_app, x_host=1)
    app.add_url_rule("/", view_func=lambda: "")
    ask = app.test_client().get
    assert ask("/", headers={"X-Forwarded-Host": "MARKET.example."}).status_code == 200
    assert ask("/", headers={"X-Forwarded-Host": "evil.example"}).status_code == 400
