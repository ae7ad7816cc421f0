"""Headings of pages that are not articles, in the languages of the sites."""

from __future__ import annotations

import re

_NOT_FOUND = re.compile(
    r"\W*(?:error\W*)?404\W*"
    r"|\W*(?:error\W*)?(?:404\W*)?(?:\w+ ){0,6}"
    r"(?:not (?:be )?found|(?:does not|doesn't) exist|no longer (?:exists|available))\W*"
    r"|.{0,12}(?:페지|페이지|기사)[를을가이는은]? ?(?:찾을 ?수 ?없|존재하지 ?않).{0,12}"
    r"|(?:404\W*)?\w{0,6}(?:页面|网页|文章)(?:不存在|未找到|找不到)\W*",
    re.IGNORECASE,
)  # "404 Not Found", "The page you requested was not found", "페지를 찾을수 없습니다", "页面不存在"


def says_not_found(heading: str) -> bool:
    """Return whether a whole heading says that there is nothing at its address."""
    return bool(_NOT_FOUND.fullmatch(heading.strip()))
