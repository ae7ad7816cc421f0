"""States that one syllable or sign names inside a Korean or Chinese word: 방중, 访俄, 驻华大使."""

from __future__ import annotations

import re

from sunchi.text import Span

_STATES = {
    "중": "CN", "러": "RU", "로": "RU", "미": "US", "일": "JP",
    "华": "CN", "中": "CN", "俄": "RU", "美": "US", "日": "JP", "韩": "KR", "越": "VN", "朝": "",
}  # fmt: skip
_STATE = f"(?P<state>[{''.join(_STATES)}])"
_VISIT = re.compile(f"[방访赴]{_STATE}(?!南|鲜|国|罗|本)")  # and no 访越南, which names the state in full
_POSTED = re.compile(f"驻{_STATE}(?=大使|总领事)")  # 驻华|大使
HOME_IN_PAIR = re.compile("[조북朝北]")  # 북중, 朝俄
"""The home side in a form that holds both: 조중, 북-러, 朝中."""


def state_visited(text: str, span: Span) -> str:
    """Return the state that one word names as a journey's end, "" where there is none: 방중, 访俄."""
    visit = _VISIT.search(text, *span)
    return _STATES[visit["state"]] if visit else ""


def state_of_envoy(post: str) -> str:
    """Return the state where an ambassador is posted, "" where the post does not say in one sign: 驻华大使."""
    posted = _POSTED.search(post)
    return _STATES[posted["state"]] if posted else ""
