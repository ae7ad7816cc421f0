"""Recipients: their names, what they are sent, and that their secrets stay secret."""

from __future__ import annotations

import html
import json
from email import message_from_string
from email.policy import default
from pathlib import Path

import pytest

from sunchi.alerts.markup import as_markdown
from sunchi.alerts.notify import Notifier, operators
from sunchi.errors import SettingsError
from sunchi.model import ALWAYS
from tests.post import Post
from tests.web import Reply, Web


@pytest.fixture
def web(web: Web) -> Web:
    web.on("/desk", Reply())
    return web


def host(web: Web) -> str:
    return web.origin.removeprefix("http://")


def test_an_alert_reaches_a_webhook_as_plain_text(web: Web) -> None:
    notifier = Notifier(f"json://{host(web)}/desk")
    (recipient,) = notifier.recipients

    result = notifier.send(recipient.key, "Kim Jong Un → Xi Jinping", "<b>as it stands</b> & no more\n“quoted”", "high")

    assert result.state == "sent"
    sent = json.loads(web.asked[0].body)
    assert sent["title"] == "Kim Jong Un → Xi Jinping"
    assert sent["message"] == "<b>as it stands</b> & no more\n“quoted”"


def test_a_webhook_gets_the_alert_as_data_beside_its_text_and_nothing_is_called_a_failure(web: Web) -> None:
    notifier = Notifier(f"json://{host(web)}/desk")
    (recipient,) = notifier.recipients

    notifier.send(recipient.key, "A title", "A text", "high", {"rule": "changed", "partner": "CN"})
    notifier.send(recipient.key, "Another", "A text", "high")

    first, second = (json.loads(asked.body) for asked in web.asked)
    assert first["alert"] == {"rule": "changed", "partner": "CN"}
    assert "alert" not in second
    assert first["type"] == "info"
    assert web.asked[0].headers["user-agent"] == "Sunchi"


MAIL = """New: “blood ties”

now: 2021-01-12 · 206 words
before: 2020-10-10 · 180 words

“He <sent> a message.”

http://www.kcna.kp/en/article/detail/1?a=1&b=2

Rule: changed. Why."""


def test_a_mail_is_html_with_its_urgency_in_words_and_a_subject_that_fits_a_phone(post: Post) -> None:
    notifier = Notifier(f"mailto://desk:geheim@127.0.0.1:{post.port}/?from=desk@paper.example&to=me@desk.example")
    (recipient,) = notifier.recipients
    title = "Kim Jong Un → Vladimir Putin, birthday: addressed as the closest, the first in the archive; 273 words"

    result = notifier.send(recipient.key, title, MAIL, "high")

    assert result.state == "sent", result.error
    mail = message_from_string(post.mails[0].text, policy=default)
    assert mail["subject"].startswith("High: Kim Jong Un → Vladimir Putin, birthday")
    assert len(mail["subject"]) <= 90
    assert mail["from"].startswith("Sunchi ")
    body = mail.get_body(("html",))
    assert body is not None
    page = body.get_content()
    assert title in html.unescape(page), "the line that the subject cuts stands in the mail"
    assert "<b>New:</b> “blood ties”" in page
    assert "“He &lt;sent&gt; a message.”" in page
    assert '<a href="http://www.kcna.kp/en/article/detail/1?a=1&amp;b=2">' in page
    assert "me@desk.example" not in page


def test_a_chat_gets_markdown_in_which_nothing_of_a_page_is_markup() -> None:
    assert as_markdown("New: “*blood* ties”\n\n“He [sent](x) it.”\n\nhttp://a.example/_x_") == (
        "**New:** “\\*blood\\* ties”\n\n> “He \\[sent\\](x) it.”\n\nhttp://a.example/_x_"
    )


def test_several_addresses_may_be_set(web: Web) -> None:
    notifier = Notifier(f"json://{host(web)}/desk json://{host(web)}/other, terminal://")

    assert [recipient.label for recipient in notifier.recipients] == [
        f"json://{host(web)}/desk",
        f"json://{host(web)}/other",
        "terminal://",
    ]
    assert all(recipient.tags == {ALWAYS} for recipient in notifier.recipients)


def test_without_recipients_nobody_is_notified() -> None:
    assert Notifier("").recipients == ()


def test_a_recipients_key_is_stable_and_contains_no_secret(web: Web) -> None:
    address = f"json://desk:geheim@{host(web)}/desk?+X-Token=geheim2"
    (first,), (second,) = Notifier(address).recipients, Notifier(address).recipients

    assert first == second
    assert "geheim" not in first.label + first.key


def test_parts_of_a_webhooks_path_that_are_long_enough_for_a_token_are_hidden() -> None:
    shown = [Notifier(f"json://host.example/hooks/{part}").recipients[0].label for part in ("x" * 15, "ab" * 8)]
    assert shown == [f"json://host.example/hooks/{'x' * 15}", "json://host.example/hooks/a...b"]


def test_a_refusal_is_reported_without_the_password(web: Web) -> None:
    web.on("/desk", Reply(status=500))
    notifier = Notifier(f"json://desk:geheim@{host(web)}/desk")

    result = notifier.send(notifier.recipients[0].key, "title", "body")

    assert result.state == "failed"
    assert "500" in result.error
    assert "geheim" not in result.error


def test_a_recipient_that_is_down_fails_and_does_not_raise() -> None:
    notifier = Notifier("json://127.0.0.1:9/")

    assert notifier.send(notifier.recipients[0].key, "title", "body").state == "failed"


def test_a_removed_recipient_fails_with_a_message() -> None:
    result = Notifier("").send("0123456789abcdef", "title", "body")

    assert result.state == "failed"
    assert "SUNCHI_NOTIFY" in result.error


def test_a_time_out_is_unknown_because_the_message_may_have_arrived(web: Web) -> None:
    web.on("/desk", Reply(hang=True))
    notifier = Notifier(f"json://{host(web)}/desk", patience=1)

    result = notifier.send(notifier.recipients[0].key, "title", "body")

    assert result.state == "unknown"


def test_each_target_of_an_address_is_a_recipient_and_so_is_each_copy() -> None:
    two = Notifier("mailto://u:geheim@h.example?to=a@x.example mailto://u:geheim@h.example?to=b@x.example").recipients
    several = Notifier(
        "mailto://u:geheim@h.example?to=a@x.example,b@x.example&cc=c@x.example&bcc=d@x.example"
    ).recipients
    sender = Notifier("mailto://u:geheim@127.0.0.1?from=desk@x.example&to=a@x.example,b@x.example").recipients
    copies = Notifier("mailto://u:geheim@h.example?cc=c@x.example").recipients

    assert [each.label for each in two] == [f"mailto://u:****@h.example/{name}@x.example" for name in "ab"]
    assert [each.label for each in several] == [f"mailto://u:****@h.example/{name}@x.example" for name in "abcd"]
    assert [each.key for each in several[:2]] == [each.key for each in two]
    assert [each.label for each in sender] == [f"mailto://u:****@127.0.0.1/{name}@x.example" for name in "ab"]
    assert [each.label for each in copies] == ["mailto://u:****@h.example/", "mailto://u:****@h.example/c@x.example"]


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("mailto://u:old@h.example?to=a@x.example", "mailto://u:new@h.example?to=a@x.example", True),
        ("json://u:old@h.example/x", "json://u:new@h.example/x", True),
        ("json://h.example/x", "json://h.example/x?rto=3&format=markdown", True),
        ("json://h.example/x?-to=a", "json://h.example/x?-to=b", False),
        ("discord://id/token?thread=1", "discord://id/token?thread=2", False),
        (
            "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/",
            "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7GQ/",
            False,
        ),
        ("ntfy://u@h.example/one", "ntfy://v@h.example/one", False),
    ],
)
def test_a_recipient_is_who_is_told_whatever_the_password_and_the_form(one: str, other: str, is_same: bool) -> None:
    assert (Notifier(one).recipients[0].key == Notifier(other).recipients[0].key) is is_same


def test_keys_stay_the_same_from_version_to_version() -> None:
    notify = "mailto://u:p@h.example?to=a@x.example json://h.example/x tgram://123456789:abcdefg_hijklmnop/1234"
    assert [each.key for each in Notifier(notify).recipients] == KEYS


KEYS = ["5fb1eef6589285ea", "eff5da8c856a17e5", "712a6ea7ba426015"]
"""If a new apprise wrote addresses in another way, each recipient would be a new one, and miss what waits."""


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mobilemsg://u:geheim@Sender/0412345678/+15551231235", r"address 1 .*\+15551231235"),
        ("mailto://u:geheim@host.example/a@host.example/nobody", "address 1 .*nobody"),
        ("mailto://u:geheim@host.example/?to=a@host.example,nobody", "one of the 2 in `to=` is no address"),
    ],
)
def test_a_target_that_apprise_would_drop_is_refused(address: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as refused:
        Notifier(address)

    assert "geheim" not in str(refused.value)


def test_a_file_gives_recipients_their_tags(web: Web, tmp_path: Path) -> None:
    file = tmp_path / "people.yml"
    file.write_text(
        f"urls:\n  - json://{host(web)}/desk:\n      tag: china\n  - json://{host(web)}/desk:\n      tag: desk\n"
        f"  - json://{host(web)}/all\n"
    )

    desk, everything = Notifier(str(file)).recipients

    assert desk.tags == {"china", "desk"}, "one recipient under two tags is told once"
    assert everything.tags == {ALWAYS}


def test_an_address_listed_with_and_without_a_tag_gets_everything(web: Web, tmp_path: Path) -> None:
    file = tmp_path / "people.yml"
    file.write_text(f"urls:\n  - json://{host(web)}/desk:\n      tag: china\n  - json://{host(web)}/desk\n")

    [desk] = Notifier(str(file)).recipients

    assert desk.tags == {"china", ALWAYS}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("urls:\n  - nosuchservice://x\n  - terminal://\n", "nosuchservice"),
        ("", "Invalid Apprise YAML"),
        ("urls: [", "people.yml"),
    ],
)
def test_a_file_in_which_a_recipient_would_be_lost_is_refused(content: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "people.yml"
    file.write_text(content)

    with pytest.raises(SettingsError, match=said):
        Notifier(str(file))


def test_a_missing_file_is_named() -> None:
    with pytest.raises(SettingsError, match=r"SUNCHI_NOTIFY.*nowhere\.yml"):
        Notifier("nowhere.yml")


def test_an_invalid_address_is_named_only_by_its_position_and_scheme() -> None:
    with pytest.raises(SettingsError, match="address 2") as raised:
        Notifier("terminal:// nosuchservice://token-that-is-secret")

    assert "token" not in str(raised.value)


def test_the_terminal_shows_an_alert(capsys: pytest.CaptureFixture[str]) -> None:
    notifier = Notifier("terminal://")

    assert notifier.send(notifier.recipients[0].key, "A title [with brackets]", "the body").state == "sent"
    shown = capsys.readouterr().out
    assert "A title [with brackets]" in shown
    assert "the body" in shown


def test_recipients_tagged_operators_get_notices_and_without_any_everybody_does(tmp_path: Path) -> None:
    file = tmp_path / "notify.yaml"
    file.write_text(
        "urls:\n  - json://desk.example/:\n    - tag: desk\n  - json://keeper.example/:\n    - tag: operators\n"
    )
    desk, keeper = Notifier(str(file)).recipients

    assert operators((desk, keeper)) == (keeper,)
    assert operators((desk,)) == (desk,)
    assert operators(()) == ()
