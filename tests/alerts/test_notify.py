"""Recipients: who they are, what they are sent, and that their secrets stay theirs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sunchi.alerts.notify import Notifier, operators
from sunchi.errors import SettingsError
from sunchi.model import ALWAYS
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


def test_several_addresses_stand_side_by_side(web: Web) -> None:
    notifier = Notifier(f"json://{host(web)}/desk json://{host(web)}/other, terminal://")

    assert [recipient.label for recipient in notifier.recipients] == [
        f"json://{host(web)}/desk",
        f"json://{host(web)}/other",
        "terminal://",
    ]
    assert all(recipient.tags == {ALWAYS} for recipient in notifier.recipients)


def test_nobody_is_told_where_nobody_is_named() -> None:
    assert Notifier("").recipients == ()


def test_the_name_of_a_recipient_stays_the_same_and_holds_no_secret(web: Web) -> None:
    address = f"json://desk:geheim@{host(web)}/desk?+X-Token=geheim2"
    (first,), (second,) = Notifier(address).recipients, Notifier(address).recipients

    assert first == second
    assert "geheim" not in first.label + first.key


def test_of_a_plain_webhook_what_is_long_enough_for_a_token_is_not_shown() -> None:
    shown = [Notifier(f"json://host.example/hooks/{part}").recipients[0].label for part in ("x" * 15, "ab" * 8)]
    assert shown == [f"json://host.example/hooks/{'x' * 15}", "json://host.example/hooks/a...b"]


def test_a_refusal_comes_back_in_words_without_the_password(web: Web) -> None:
    web.on("/desk", Reply(status=500))
    notifier = Notifier(f"json://desk:geheim@{host(web)}/desk")

    result = notifier.send(notifier.recipients[0].key, "title", "body")

    assert result.state == "failed"
    assert "500" in result.error
    assert "geheim" not in result.error


def test_a_recipient_that_is_down_fails_and_does_not_raise() -> None:
    notifier = Notifier("json://127.0.0.1:9/")

    assert notifier.send(notifier.recipients[0].key, "title", "body").state == "failed"


def test_a_recipient_that_was_removed_fails_in_words() -> None:
    result = Notifier("").send("0123456789abcdef", "title", "body")

    assert result.state == "failed"
    assert "SUNCHI_NOTIFY" in result.error


def test_an_answer_that_does_not_come_is_unknown_for_it_may_have_arrived(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sunchi.alerts.notify._PATIENCE", 0.2)
    web.on("/desk", Reply(hang=True))
    notifier = Notifier(f"json://{host(web)}/desk?rto=0.2")

    result = notifier.send(notifier.recipients[0].key, "title", "body")

    assert result.state == "unknown"


def test_a_file_gives_recipients_their_tags(web: Web, tmp_path: Path) -> None:
    file = tmp_path / "people.yml"
    file.write_text(
        f"urls:\n  - json://{host(web)}/desk:\n      tag: china\n  - json://{host(web)}/desk:\n      tag: desk\n"
        f"  - json://{host(web)}/all\n"
    )

    desk, everything = Notifier(str(file)).recipients

    assert desk.tags == {"china", "desk"}, "one recipient under two tags is told once"
    assert everything.tags == {ALWAYS}


def test_an_address_with_a_tag_here_and_without_one_there_still_hears_everything(web: Web, tmp_path: Path) -> None:
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


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(SettingsError, match=r"SUNCHI_NOTIFY.*nowhere\.yml"):
        Notifier("nowhere.yml")


def test_an_address_that_is_none_is_named_by_its_place_and_scheme_only() -> None:
    with pytest.raises(SettingsError, match="address 2") as raised:
        Notifier("terminal:// nosuchservice://token-that-is-secret")

    assert "token" not in str(raised.value)


def test_the_terminal_shows_an_alert(capsys: pytest.CaptureFixture[str]) -> None:
    notifier = Notifier("terminal://")

    assert notifier.send(notifier.recipients[0].key, "A title [with brackets]", "the body").state == "sent"
    shown = capsys.readouterr().out
    assert "A title [with brackets]" in shown
    assert "the body" in shown


def test_those_tagged_operators_are_told_what_is_wrong_and_where_there_are_none_everybody(tmp_path: Path) -> None:
    file = tmp_path / "notify.yaml"
    file.write_text(
        "urls:\n  - json://desk.example/:\n    - tag: desk\n  - json://keeper.example/:\n    - tag: operators\n"
    )
    desk, keeper = Notifier(str(file)).recipients

    assert operators((desk, keeper)) == (keeper,)
    assert operators((desk,)) == (desk,)
    assert operators(()) == ()
