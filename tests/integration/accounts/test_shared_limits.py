"""What limits tries at signing in is known to every worker process: it stands in the database."""

from django.db import connection
from django.urls import reverse

from luodi.service.accounts.actions import add_person


def test_tries_are_counted_in_the_database_and_run_out(client, db):
    add_person(by=None, username="clerk", display_name="王办事", password="a-long-password")
    answers = [client.post(reverse("account_login"), {"login": "clerk", "password": "wrong"}) for _ in range(12)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_cache")
        assert cursor.fetchone()[0] > 0
    assert "没有登录成功" in answers[0].content.decode()
    right = client.post(reverse("account_login"), {"login": "clerk", "password": "a-long-password"})
    assert right.status_code != 302, "after so many tries the right password does not help for a while"
