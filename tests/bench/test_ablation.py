"""Switchable rules: what counts as one, and what the code does without it."""

from __future__ import annotations

import pytest

from bench import switches


@pytest.mark.parametrize(
    ("source", "without"),
    [
        ("a|b", ["b", "a"]),
        ("x(?:a|b)y", ["x(?:b)y", "x(?:a)y"]),
        ("(?:a )?b", ["b"]),
        ("a(?! b)", ["a"]),
        (r"\(a|[|)]", ["[|)]", r"\(a"]),
        ("abc", []),
    ],
)
def test_an_expression_can_do_without_its_alternatives_lookarounds_and_optional_groups(
    source: str, without: list[str]
) -> None:
    assert [source[:start] + source[end:] for start, end, _ in switches.parts(source)] == without


_RULES = """
def judge(words: list[str], past: bool) -> bool:
    if past:
        return False
    return any(word for word in words if word != "the") or len(words) > 2

def read(words: list[str]) -> Iterator[str]:
    for word in words:
        yield word
"""


@pytest.mark.parametrize(
    ("rule", "how", "call", "otherwise"),
    [
        ("if past:", "never", "judge(['a'], True)", True),
        ("if past:", "always", "judge(['a'], False)", False),
        ("word != ", "without", "judge(['the'], False)", True),
        ("len(words) > 2", "without", "judge(['the'] * 3, False)", False),
        ("def judge", "always", "judge([], False)", True),
        ("yield word", "without", "list(read(['a']))", []),
        ("def read", "never", "list(read(['a']))", []),
    ],
)
def test_a_rule_that_is_switched_off_no_longer_decides(
    rule: str, how: str, call: str, otherwise: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(switches, "units", [])
    tree = switches.switched("rules.py", _RULES)
    names: dict[str, object] = {"Iterator": list}
    exec(compile(tree, "rules.py", "exec"), names)  # noqa: S102 - our own words, from above
    unit = next(n for n, u in enumerate(switches.units) if u.source.startswith(rule) and u.how == how)
    assert eval(call, names) != otherwise  # noqa: S307
    monkeypatch.setattr(switches, "off", {unit})
    assert eval(call, names) == otherwise  # noqa: S307
