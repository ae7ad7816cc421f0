"""One article explained: every signal with its reasons, at its place in the text, and what was dropped and why."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sunchi import text as texts
from sunchi.reports.explain import Explanation, explain, page
from sunchi.reports.marking import Mark, lines, pieces
from sunchi.signals import detectors
from sunchi.signals.document import Document
from sunchi.text import Span
from tests.browser import browse
from tests.detecting import articles, detect, house_lexicon

REPLY = (
    "Kim Jong Un Sends Reply to Xi Jinping",
    "Kim Jong Un sent a reply message to Xi Jinping, president of China.",
    "He wished China prosperity. The traditional DPRK-China friendship will live on.",
    "Ships sail the South China Sea, said a paper.",
)


def of(*text: str, lang: str = "en") -> Explanation:
    return explain(articles(text, lang=lang), house_lexicon())


def reasons(explanation: Explanation, kind: str) -> str:
    return "\n".join(reason for found in explanation.found if found.kind == kind for reason in found.reasons)


# --- what is said ---------------------------------------------------------------------------------------------------


def test_it_has_every_signal_that_detect_gives_in_the_same_order() -> None:
    explained = [(found.kind, found.code, found.span, found.quote) for found in of(*REPLY).found]
    assert explained == [(r["kind"], r["code"], (r["start"], r["end"]), r["quote"]) for r in detect(REPLY)]


def test_marks_come_as_the_text_does_and_the_longer_before_what_it_holds() -> None:
    marks = [each.span for each in of(*REPLY).marks]

    assert marks == sorted(marks, key=lambda span: (span[0], -span[1]))
    assert any(inner[1] < outer[1] for outer, inner in pairwise(marks)), "some lie within others"


def test_a_formula_names_file_line_form_and_strength() -> None:
    said = reasons(of(*REPLY), "formula")
    line = int(re.search(r"terms\.csv:(\d+), “.*”, strength \+1", said)[1])  # type: ignore[index]  # else it fails
    row = (Path(__file__).parent.parent.parent / "lexicon" / "terms.csv").read_text("utf-8").splitlines()[line - 1]
    assert row.startswith("tr_friendship,")


def test_attention_lists_the_names_and_how_often_they_occur() -> None:
    said = reasons(of("On Laos", "Laos built a road. The Lao people use it."), "attention")
    assert "the headline names it" in said
    assert re.search(r"named 3 times: “Laos” ×2 \(partners\.csv:\d+\), “Lao” \(partners\.csv:\d+\)", said)
    assert "2 sentences of its own" in said


def test_a_message_names_its_noun_and_what_else_decided() -> None:
    said = reasons(of(*REPLY), "message")
    assert "“sent a reply message to”: a frame of messages; the other state's side is “Xi Jinping” (frames.csv:" in said
    assert "the other side by name" in said
    assert "the text is not given in full" in said


def test_a_stance_names_all_its_evidence() -> None:
    said = reasons(of(*REPLY), "stance")
    assert re.search(r"rests on “wished” \(\+1\) \(stance\.csv:\d+, “wished”\)", said)
    assert "rests on “traditional DPRK-China friendship” (+1)" in said


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("The DPRK will never beg for the DPRK-China friendship.", "denied by the words around it"),
        ("A Russian paper said the DPRK-China friendship grows.", "others' words: they count one fifth"),
        ("In 1950 the DPRK and China forged the DPRK-China friendship.", "about a year long past"),
        ("China declared that the DPRK-China friendship grows.", "“declared”: the word by which"),
    ],
)
def test_factors_that_change_a_phrases_value_are_named(sentence: str, reason: str) -> None:
    assert reason in reasons(of("On Friendship", sentence), "formula")


def test_a_dropped_candidate_is_listed_once_per_reason_with_all_its_places() -> None:
    sea = "Ships sail the South China Sea."
    explanation = of("On Laos", sea, sea)
    (mask,) = [each for each in explanation.dropped if "a mask" in each.why]
    assert (mask.kind, mask.quotes, len(mask.places)) == ("name", ("South China Sea",), 2)
    assert [explanation.text[slice(*place)] for place in mask.places] == ["South China Sea"] * 2


def test_a_dropped_candidate_names_the_row_of_the_lexicon_with_its_strength() -> None:
    (others,) = [each for each in of("On Friendship", "Laos and Vietnam have friendly ties.").dropped if each.rule]
    assert re.fullmatch(r"terms\.csv:\d+, “.+”, strength \+1", others.rule)


def test_an_article_without_date_and_paper_says_so() -> None:
    undated = articles("The DPRK-China friendship grows.", day=None).with_columns(
        pl.lit(None, pl.String).alias("source")
    )
    explanation = explain(undated, house_lexicon())
    assert (explanation.date, explanation.source) == ("no date", "")


def test_a_place_dropped_twice_for_one_reason_is_listed_once() -> None:
    (met,) = [
        each for each in of("News", "The ambassador of Laos met an envoy of Cuba.").dropped if "who meet" in each.why
    ]
    assert (met.quotes, len(met.places)) == (("met",), 1)


def test_signals_and_dropped_candidates_are_numbered_consecutively() -> None:
    explanation = of(*REPLY)
    numbers = [found.number for found in explanation.found] + [each.number for each in explanation.dropped]
    assert numbers == list(range(1, len(numbers) + 1))
    assert explanation.dropped


@pytest.mark.parametrize(
    ("lang", "text", "note"),
    [
        ("en", "조중친선을 강화하였다.", "Its edition is English. Its text is Korean, and was read as Korean."),
        (
            "en",
            "La RPDC y China cuidan la amistad.",
            "Its edition is English. Its text is Spanish, and was read as Spanish.",
        ),
        ("ko", "中朝友谊进一步加强。", "Its edition is Korean. Its text is Chinese, and was read as Chinese."),
        (
            "en",
            "Китай и КНДР на встрече",
            "Its edition is English. Its text is Russian, which Sunchi does not support.",
        ),
        ("ko", "조중(朝中)친선이 강화되였다. KCNA", ""),
        ("en", "2021. 1. 12.", ""),
    ],
)
def test_a_text_in_another_language_than_its_edition_says_so(lang: str, text: str, note: str) -> None:
    explanation = of("", text, lang=lang)
    assert explanation.language_note == note
    assert note in page(explanation)


def test_a_text_in_an_unsupported_language_has_no_signals_and_says_why() -> None:
    explanation = of("La RPD de Corée et la Chine", "Les relations de la RPD de Corée avec la Chine sont bonnes.")
    assert (explanation.language, explanation.read, explanation.found) == ("fr", False, ())
    assert explanation.unread == "Sunchi does not support its language, so nothing was looked for."
    assert explanation.unread in page(explanation)


def test_a_text_that_names_nobody_was_not_examined() -> None:
    explanation = of("Rain", "It rained.")
    assert (explanation.read, explanation.found, explanation.dropped) == (False, (), ())
    assert "nothing more was looked for" in page(explanation)


def test_a_detector_that_raises_is_named_and_what_the_others_found_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(document: Document) -> tuple[()]:
        raise ZeroDivisionError

    monkeypatch.setattr(detectors, "DETECTORS", (broken, *detectors.DETECTORS))
    explanation = of(*REPLY)
    assert explanation.faults == (
        "Its signals are not complete: a fault of Sunchi's own in “broken”: ZeroDivisionError().",
    )
    assert "message" in {found.kind for found in explanation.found}
    assert "ZeroDivisionError()" in page(explanation)


def test_an_unreadable_text_is_shown_with_its_exception(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(text: str, *_: object) -> list[Span]:
        raise ZeroDivisionError

    monkeypatch.setattr(texts, "sentences", broken)
    explanation = of(*REPLY)
    assert explanation.text.startswith(REPLY[0])
    assert (explanation.read, explanation.unread) == (False, "It could not be read.")
    assert explanation.faults == ("Its signals are not complete: can't be read: ZeroDivisionError().",)


# --- the text, marked -----------------------------------------------------------------------------------------------


def test_a_mark_covers_its_words_in_three_languages() -> None:
    for lang, text in (
        ("en", "The traditional DPRK-China friendship will live on."),
        ("ko", "우리 나라와 중국의 관계는 오랜 력사적뿌리를 가진 관계이다."),
        ("zh", "朝鲜珍视朝中友谊。"),
    ):
        explanation = of("", text, lang=lang)
        (formula,) = [mark for mark in explanation.marks if mark.kind == "formula"]
        (quoted,) = [row["quote"] for row in detect(text, lang=lang) if row["kind"] == "formula"]
        inside = "".join(piece.text for piece in pieces(explanation.text, explanation.marks) if formula in piece.over)
        assert inside == quoted


def test_of_signals_over_the_same_words_the_most_specific_is_shown() -> None:
    explanation = of("Reply", REPLY[1])
    kinds = {found.kind for found in explanation.found if found.quote == REPLY[1]}
    (sentence,) = lines(explanation.text, explanation.marks)[1:]
    assert {"attention", "message"} <= kinds
    assert {piece.kind for piece in sentence} == {"message"}


@given(st.text("ab\n", max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6))
def test_no_character_is_lost_and_every_mark_opens_and_closes_once(text: str, spans: list[tuple[int, int]]) -> None:
    cut = [(min(a, len(text)), min(b, len(text))) for a, b in spans]
    marks = [Mark((a, b), n, "formula", dropped=False) for n, (a, b) in enumerate(cut) if a < b]
    found = list(pieces(text, marks))
    assert "".join(piece.text for piece in found) == text
    for mark in marks:
        assert sum(mark in piece.opening for piece in found) == sum(mark in piece.closing for piece in found) == 1
        assert "".join(piece.text for piece in found if mark in piece.over) == text[slice(*mark.span)]


def test_a_missing_title_takes_no_paragraph() -> None:
    explanation = of("", "The DPRK-China friendship grows.", "It rained.")
    title, *body = lines(explanation.text, explanation.marks)
    assert title == []
    assert ["".join(piece.text for piece in line) for line in body] == [
        "The DPRK-China friendship grows.",
        "It rained.",
    ]


# --- the page -------------------------------------------------------------------------------------------------------

HOSTILE = (
    "<script>document.title='taken'</script> on China",
    "<img src=x onerror=\"document.title='taken'\"> The traditional DPRK-China friendship {{ 7 * 7 }} will live on.",
    "\u202eright to left\u202c, \x1b[31mred\x1b[0m, \u200bunseen, of the <b>DPRK</b> and China.",
)


def test_control_characters_are_made_visible() -> None:
    explanation = of(*HOSTILE)
    assert "�right to left�, �[31mred�[0m, �unseen" in explanation.text
    assert not re.search("[\u202e\u200b\x1b]", page(explanation))


def test_a_page_runs_no_code_and_makes_no_requests() -> None:
    shown = page(of(*HOSTILE))
    assert "default-src 'none'" in shown
    assert not re.search(r"<(script|img|link|iframe|b)\b|@import|url\(|javascript:", shown)
    assert "{{ 7 * 7 }}" in shown


def test_an_invalid_address_is_not_a_link() -> None:
    frame = articles(REPLY).with_columns(pl.lit("javascript:alert(1)").alias("url"))
    assert "javascript:" not in page(explain(frame, house_lexicon()))


def test_every_number_in_the_text_links_to_its_reasons() -> None:
    shown = page(of(*REPLY))
    led = set(re.findall(r'href="#(n\d+)"', shown))
    assert led == set(re.findall(r'id="(n\d+)"', shown))
    assert set(re.findall(r'href="#(in-\d+)"', shown)) == set(re.findall(r'id="(in-\d+)"', shown))


def test_a_browser_shows_it_and_runs_no_code(tmp_path: Path) -> None:
    file = tmp_path / "why.html"
    file.write_text(page(of(*HOSTILE)), encoding="utf-8")

    shown = browse(file, tmp_path)

    assert "<title>Sunchi: &lt;script&gt;" in shown, "no script has changed it"
    text = re.sub(r"<[^>]+>", "", shown.split("<article")[1].split("</article>")[0])
    assert "DPRK-China friendship" in text
