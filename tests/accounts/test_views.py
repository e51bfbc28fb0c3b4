"""Pages of the accounts."""
from tests.factories import accounts


def test_a_person_signs_in_with_his_password(app, client):
    with app.app_context():
        accounts.person("zhang@example.org")
    answer = accounts.submit(client, "/sign-in", {"login": "Zhang@example.org", "password": accounts.PASSWORD})
    assert answer.status_code == 303
    assert "zhang@example.org" in client.get("/account").text
