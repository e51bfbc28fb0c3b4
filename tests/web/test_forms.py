"""Text fields read text only, whatever is sent under their name; a house rule holds every form to
it.
"""

import ast
import io

import pytest

from tests.house.sources import imported, sources


@pytest.mark.parametrize("path", ["/sign-in", "/register"])
@pytest.mark.parametrize("name", ["login", "password", "csrf_token"])
def test_a_file_under_a_text_fields_name_is_an_empty_field(app, client, path, name):
    app.config["WTF_CSRF_ENABLED"] = False
    answer = client.post(path, data={name: (io.BytesIO(b"x" * 20), "x.txt")})
    assert answer.status_code < 500


@pytest.mark.parametrize("body", [b"[1]", b"5", b'{"login": {"a": 1}, "password": 7}', b"null"])
def test_a_body_of_json_is_an_empty_form(app, client, body):
    app.config["WTF_CSRF_ENABLED"] = False
    answer = client.post("/sign-in", data=body, content_type="application/json")
    assert answer.status_code < 500


def test_every_form_is_made_of_ours():
    found = [
        source.at(node)
        for source in sources("market")
        if source.name != "market/web/forms.py"
        for node in ast.walk(source.tree)
        if "flask_wtf" in imported(node)
    ]
    assert not found
