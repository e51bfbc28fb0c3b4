"""A Host that is not trusted is a 400, from the first request of a process on."""

import pytest

TRUSTED = "market.example"
FOREIGN = [
    "evil.example",
    "",
    "a b",
    "[::1",
    "market.example:99999999",
    "market.example@evil",
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


def test_the_own_host_is_answered(client):
    assert client.get("/", headers={"Host": TRUSTED}).status_code == 200
    assert client.get("/", headers={"Host": f"{TRUSTED}:8443"}).status_code == 200
