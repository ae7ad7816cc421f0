"""The subject of a statement: its headline, or the words of its text that name it."""

from __future__ import annotations

import pytest

from sunchi.alerts.subject import subject_of
from tests.detecting import house_lexicon

FORM = "Press Statement of Spokesperson for DPRK Foreign Ministry"


@pytest.mark.parametrize(
    ("text", "lang", "about"),
    [
        (("U.S. Drills Denounced by Foreign Ministry", "The ministry spoke."), "en",
         "U.S. Drills Denounced by Foreign Ministry"),
        (("Statement of Foreign Ministry on Drills at Sea", "They went on."), "en",
         "Statement of Foreign Ministry on Drills at Sea"),
        ((FORM, 'A spokesperson issued the following press statement "No drill will be left without an answer":'), "en",
         "“No drill will be left without an answer”"),
        (("Report of General Staff", "Danger grows.", "To this end, a wall will be built on May 3 along the border."),
         "en", "“a wall will be built on May 3 along the border.”"),
        ((FORM, "The drills began.", "The ministry denounces the drills as a rehearsal."), "en",
         "“…denounces the drills as a rehearsal.”"),
        ((FORM, "The drills began."), "en", FORM),
        (("총참모부 보도", "위험이 커지고있다.", "우리 군대는 5월 3일 국경에 장벽을 쌓는 공사에 착수한다."), "ko",
         "“우리 군대는 5월 3일 국경에 장벽을 쌓는 공사에 착수한다.”"),
        (("미국의 합동군사연습을 규탄", "연습이 시작되였다."), "ko", "미국의 합동군사연습을 규탄"),
    ],
)  # fmt: skip
def test_a_headline_that_says_only_who_speaks_is_not_what_a_statement_is_about(
    text: tuple[str, ...], lang: str, about: str
) -> None:
    assert subject_of("\n".join(text), lang, house_lexicon()) == about


def test_without_an_announcing_sentence_the_subject_is_the_one_that_supports_the_stance() -> None:
    text = "\n".join((FORM, "The drills began.", "They are a dangerous gamble."))
    assert subject_of(text, "en", house_lexicon(), "They are a dangerous gamble.") == "“They are a dangerous gamble.”"


def test_a_piece_of_a_quotation_is_not_what_a_statement_is_about() -> None:
    text = "\n".join((FORM, 'They said that "the council denounces it" on May 28.', "The gamble is dangerous."))
    assert subject_of(text, "en", house_lexicon(), "The gamble is dangerous.") == "“The gamble is dangerous.”"
