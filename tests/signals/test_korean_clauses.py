"""How Korean sentences are split into phrases with their cases, and which verbs take them."""

from __future__ import annotations

import pytest

from sunchi.signals.document import read
from sunchi.signals.grammar.korean import parsed
from tests.detecting import articles, house_lexicon


def phrases_of(sentence: str) -> list[str]:
    """Return the phrases of a sentence, each as case: words, with a star before what an inner verb may have taken."""
    for document in read(articles(("제목", sentence), lang="ko"), house_lexicon()):
        phrases = parsed(document, document.sentences[-1]).phrases
        return [f"{'*' * p.inside}{p.case}: {document.text[p.start : p.end]}" for p in phrases]
    raise AssertionError("the sentence names nobody")


@pytest.mark.parametrize(
    ("sentence", "phrases"),
    [
        (
            "김정은동지께서 라오스주석에게 축전을 보내시였다.",
            ["이: 김정은동지", "에게: 라오스주석", "을: 축전"],
        ),
        (
            "김정은동지께서는 습근평동지가 보내온 축전에 대하여 답전을 보내시였다.",  # a verb before its noun
            ["이: 김정은동지", "*이: 습근평동지", "에: 축전", "을: 답전"],
        ),
        (
            "김정은동지께서는 우리 나라를 방문한 라오스주석과 회담하시였다.",  # either verb may have the topic
            ["*이: 김정은동지", "*을: 우리 나라", "와: 라오스주석"],
        ),
        (
            "우리 나라를 방문하는 라오스대표단이 왔다.",
            ["*을: 우리 나라", "이: 라오스대표단"],
        ),
        (
            "라오스창건 75돐에 즈음하여 라오스주석에게 축전을 보내시였다.",  # an occasion belongs to no verb
            ["즈음하여: 라오스창건 75돐", "에게: 라오스주석", "을: 축전"],
        ),
        (
            "로씨야외무상을 단장으로 하는 대표단이 평양에 도착하였다.",  # a group is named by its leader
            ["이: 로씨야외무상을 단장으로 하는 대표단", "에: 평양"],
        ),
        (
            "총비서이시며 국무위원장이신 김정은동지께 뿌찐대통령이 축전을 보내여왔다.",  # titles in a row
            ["에게: 총비서이시며 국무위원장이신 김정은동지", "이: 뿌찐대통령", "을: 축전"],
        ),
        (
            "세르게이 라브로브 로씨야외무상이 베이징에 도착하였다.",  # 이 follows no vowel
            ["이: 세르게이 라브로브 로씨야외무상", "에: 베이징"],
        ),
        (
            "꾸바대사 마우로,안또니오 로메로 몽골대사가 몽골로 떠났다.",  # names that end like particles
            ["이: 꾸바대사 마우로,안또니오 로메로 몽골대사", "로: 몽골", ": 떠났다."],
        ),
        (
            "국방상 노광철동지의 명의로 된 화환이 로씨야대사관에 진정되였다.",
            ["이: 국방상 노광철동지", "이: 된 화환", "에: 로씨야대사관"],
        ),
        (
            "라오스대표단을 위하여 연회를 마련하였다.",
            ["위하여: 라오스대표단", "을: 연회"],
        ),
        (
            "라오스통일된 좌익당 총비서가 축전을 보내여왔다.",  # a party's name
            ["이: 라오스통일된 좌익당 총비서", "을: 축전"],
        ),
        (
            "라오스당 위원장과 국제비서,몽골당 총비서를 비롯하여 네팔,먄마의 인사들이 축전을 보내여왔다.",
            ["이: 라오스당 위원장과 국제비서,몽골당 총비서를 비롯하여 네팔,먄마의 인사들", "을: 축전"],
        ),
        (
            "로씨야의 정당 《진리를 위하여》 위원장이 김정은동지께 축전을 보내여왔다.",  # a name in quotation marks
            ["이: 로씨야의 정당 《진리를 위하여》 위원장", "에게: 김정은동지", "을: 축전"],
        ),
        (
            "습근평동지가 국경절에 즈음하여 보내온 축전을 대사가 전달하였다.",  # an occasion between subject and verb
            ["이: 습근평동지", "즈음하여: 국경절", "을: 축전", "이: 대사"],
        ),
    ],
)
def test_a_phrase_ends_with_its_particle_and_knows_its_case(sentence: str, phrases: list[str]) -> None:
    assert phrases_of(sentence) == phrases
