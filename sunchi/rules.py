"""Rules: from signals to alerts, as lexicon/rules.toml says; pure.

An alert speaks as an analyst would, quotes its evidence, and carries nothing of a page but plain text: no markup, no
control characters, no mention that a chat service would expand, no link but http(s).
"""

from __future__ import annotations

import difflib
import hashlib
import json
import math
import re
import string
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args

import polars as pl

from sunchi import lexicon as lexicons
from sunchi.lexicon import HOME, Lexicon
from sunchi.model import ALWAYS, Alert, Event, LexiconError, Recipient, Severity
from sunchi.posts import ABROAD
from sunchi.signals import kinds
from sunchi.text import normal
from sunchi.wording import CODES, QUOTE_LENGTH, Signal, Words, cut, safe_text, web_address

Level = Literal["leader", "government", "other"]
_TITLE = "{summary}"
_BODY = "{what}\n\n{evidence}\n\n{headline}\n{source}, {date}\n{url}\n\nRule: {rule}. {why}"
_FIELDS = frozenset(
    ("summary", "partner", "severity", "date", "source", "headline", "what", "evidence", "url", "rule", "why")
)
_TITLE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; a condition that is None holds always. `version` changes with every word of it."""

    id: str
    version: str
    severity: Severity
    tags: tuple[str, ...]
    why: str
    events: tuple[str, ...] = ("published",)
    kinds: tuple[str, ...] | None = None
    codes: tuple[str, ...] | None = None
    categories: tuple[str, ...] | None = None
    partners: tuple[str, ...] | None = None
    not_partners: tuple[str, ...] | None = None
    directions: tuple[str, ...] | None = None
    levels: tuple[str, ...] | None = None
    voices: tuple[str, ...] | None = None
    at_least: float | None = None
    at_most: float | None = None
    strength: float | None = None
    authority: float | None = None
    authority_below: float | None = None
    named: bool | None = None
    grouped: bool | None = None
    full_text: bool | None = None
    historical: bool | None = None
    negated: bool | None = None
    title: str = _TITLE
    body: str = _BODY


@dataclass(frozen=True)
class Rules:
    """The rules of a file, with the lexicon that they speak in."""

    rules: tuple[Rule, ...]
    lexicon: Lexicon

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)


# --- reading --------------------------------------------------------------------------------------------------------

_CHOICES: dict[str, frozenset[str]] = {
    "events": frozenset(get_args(Event)),
    "directions": frozenset({"out", "in"}),
    "levels": frozenset(get_args(Level)),
    "voices": frozenset({"own", "partner", "third"}),
    "categories": frozenset({*lexicons.CATEGORIES, ABROAD}),
}
_LISTS = ("tags", "kinds", *_CHOICES, "codes", "partners", "not_partners")
_NUMBERS = ("at_least", "at_most", "strength", "authority", "authority_below")
_SWITCHES = ("named", "grouped", "full_text", "historical", "negated")
_WORDS = ("id", "severity", "why", "title", "body")
_NEEDED = ("id", "severity", "tags", "why")


def load_rules(path: Path, lexicon: Lexicon | None = None) -> Rules:
    """The rules in `path`, with the lexicon of its folder unless one is given; LexiconError lists all faults."""
    lexicon = lexicon or lexicons.load(path.parent)
    try:
        content = path.read_text(encoding="utf-8-sig")
        whole = tomllib.loads(content)
    except OSError as error:
        raise LexiconError(f"{path.name}:1: can't be read ({error.strerror}); put the file there") from None
    except UnicodeDecodeError:
        raise LexiconError(f"{path.name}:1: is not UTF-8; save it as UTF-8") from None
    except RecursionError:
        raise LexiconError(f"{path.name}:1: is not TOML that can be read: brackets without end in each other") from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise LexiconError(f"{path.name}:{line[1] if line else 1}: is not TOML: {error}") from None
    rows = content.split("\n")
    faults = [f"{path.name}:{_line(rows, key)}: {fault}" for key, fault in _stray(whole)]
    tables = whole.get("rule", []) if not faults else []
    rules: list[Rule] = []
    for table, first, last in zip(tables, *_extents(rows, len(tables)), strict=True):
        wrong = list(_faults(table, lexicon, {rule.id for rule in rules}))
        faults += [f"{path.name}:{_line(rows, key, first, last)}: {fault}" for key, fault in wrong]
        if not wrong:
            rules.append(_rule(table))
    if faults:
        raise LexiconError("\n".join(faults))
    return Rules(tuple(rules), lexicon)


def _stray(whole: Mapping[str, Any]) -> Iterator[Fault]:
    """What is in a file of rules besides rules, or in their place: a rule that nobody reads alerts nobody."""
    for key in whole:
        if key != "rule":
            yield key, f"“{key}” is no rule; each rule begins with [[rule]]"
    rules = whole.get("rule")
    if rules is None:
        yield "", "there is no rule in it; each begins with [[rule]]"
    elif not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
        yield "rule", "each rule begins with [[rule]], in double brackets"


def _extents(rows: Sequence[str], number: int) -> tuple[list[int], list[int]]:
    """The first and the last line of each rule; all lines, where rules are written in another way than [[rule]]."""
    first = [n for n, row in enumerate(rows, 1) if re.match(r"\s*\[\[\s*[\"']?rule[\"']?\s*\]\]", row)]
    if len(first) != number:
        return [1] * number, [len(rows)] * number
    return first, [*(n - 1 for n in first[1:]), len(rows)][:number]


def _line(rows: Sequence[str], key: str, first: int = 1, last: int | None = None) -> int:
    """The line on which a key stands; the first one where it stands on none."""
    stands = re.compile(rf"\s*\[*\s*[\"']?{re.escape(key)}[\"']?\s*(?:=|\])")
    within = enumerate(rows[first - 1 : last], first)
    return next((n for n, row in within if key and stands.match(row)), first)


def _rule(table: dict[str, Any]) -> Rule:
    content = json.dumps(table, sort_keys=True, ensure_ascii=False)
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    return Rule(version=hashlib.sha256(content.encode()).hexdigest()[:12], **values)


Fault = tuple[str, str]
"""The key that is wrong, "" for the rule as a whole; and what is wrong, in words."""


def _faults(table: dict[str, Any], lexicon: Lexicon, taken: set[str]) -> Iterator[Fault]:
    """What is wrong with one rule."""
    name = table.get("id", "without id")
    for key in _NEEDED:
        if key not in table:
            yield "", f"rule “{name}” has no {key}; add {key} = …"
    for key, value in table.items():
        yield from ((key, fault) for fault in _faults_of(key, value, lexicon))
    yield from (("codes", fault) for fault in _wrong_codes(table.get("kinds"), table.get("codes"), lexicon))
    if isinstance(name, str) and "id" in table:
        if not re.fullmatch("[a-z0-9][a-z0-9-]*", name):
            yield "id", f"id “{name}” must be small letters, digits and -"
        if name in taken:
            yield "id", f"there is a rule “{name}” already; give this one another id"
    if isinstance(table.get("severity"), str) and table["severity"] not in get_args(Severity):
        yield "severity", f"severity “{table['severity']}” is unknown; it is one of {', '.join(get_args(Severity))}"


def _faults_of(key: str, value: object, lexicon: Lexicon) -> Iterator[str]:
    """What is wrong with one line of a rule."""
    if key in _LISTS:
        if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
            yield from _strangers(key, value, lexicon)
        else:
            yield f'{key} must be a list of words, as in {key} = ["…"]'
    elif key in _NUMBERS:
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            yield f"{key} must be a number"
    elif key in _SWITCHES:
        if not isinstance(value, bool):
            yield f"{key} must be true or false"
    elif key not in _WORDS:
        known = [field.name for field in fields(Rule) if field.name != "version"]
        meant = difflib.get_close_matches(key, known, 1)
        yield f"“{key}” is unknown" + (f"; is {meant[0]} meant?" if meant else f"; a rule may have {', '.join(known)}")
    elif not isinstance(value, str):
        yield f"{key} must be words between quotes"
    elif key in ("title", "body"):
        yield from _template_faults(key, value)


def _strangers(key: str, values: list[str], lexicon: Lexicon) -> Iterator[str]:
    for value in values:
        if key == "tags" and not re.fullmatch("[a-z][a-z0-9_-]*", value):
            yield f"tag “{value}” must be small letters, digits, - and _; a “:” would mean retries to apprise"
        elif key in ("partners", "not_partners") and value not in lexicon.partners:
            yield f"partner “{value}” is not in partners.csv; add it there"
        elif key not in ("kinds", *_CHOICES):
            continue
        elif value not in (known := _CHOICES.get(key) or kinds()):
            yield f"“{value}” is none of {key}: {', '.join(sorted(known))}"


def _wrong_codes(asked: object, codes: object, lexicon: Lexicon) -> Iterator[str]:
    """A code that no signal of the rule's kinds bears: the rule would never ring, and nobody would know."""
    wanted = [kind for kind in asked if kind in kinds()] if isinstance(asked, list) else list(kinds())
    known = dict(CODES) | {"formula": frozenset(term.id for term in lexicon.terms)}
    if not isinstance(codes, list) or not all(kind in known for kind in wanted):
        return  # of a detector of one's own nobody knows the codes
    possible = frozenset[str]().union(*(known[kind] for kind in wanted))
    for code in codes:
        if isinstance(code, str) and code not in possible:
            meant = difflib.get_close_matches(code, sorted(possible), 1)
            which = f"is {meant[0]} meant?" if meant else "mend it, or the kinds"
            yield f"“{code}” is no code of {', '.join(wanted)}; {which}"


def _template_faults(key: str, template: str) -> Iterator[str]:
    try:
        named = [name for _, name, *_ in string.Formatter().parse(template) if name is not None]
    except ValueError as error:
        yield f"{key} can't be read: {error}; write {{{{ and }}}} for plain braces"
        return
    strange = [name for name in named if name not in _FIELDS]
    for name in strange:
        yield f"{key} names {{{name}}}, which is unknown; there are {', '.join(sorted(_FIELDS))}"
    try:
        _ = strange or template.format_map(dict.fromkeys(_FIELDS, "words"))
    except (ValueError, KeyError, IndexError, AttributeError) as error:
        yield f"{key} can't be filled in: {error}; after a name nothing may stand but its closing brace"


# --- matching -------------------------------------------------------------------------------------------------------


def matches(rule: Rule, signal: Signal, lexicon: Lexicon) -> bool:
    """Whether every condition of the rule holds for the signal; the event is not looked at."""
    detail = signal["detail"]
    chosen = (
        (rule.kinds, signal["kind"]),
        (rule.codes, signal["code"]),
        (rule.categories, detail["category"]),
        (rule.partners, signal["partner"]),
        (rule.directions, detail["direction"]),
        (rule.voices, detail["voice"]),
    )
    if any(allowed is not None and value not in allowed for allowed, value in chosen):
        return False
    if rule.not_partners is not None and signal["partner"] in rule.not_partners:
        return False
    if rule.levels is not None and level(signal, lexicon) not in rule.levels:
        return False
    value = signal["value"]
    if (rule.at_least is not None and value < rule.at_least) or (rule.at_most is not None and value > rule.at_most):
        return False
    if rule.strength is not None and (signal["kind"] != "formula" or abs(value) < rule.strength):
        return False
    if rule.authority is not None or rule.authority_below is not None:
        height = value if signal["kind"] == "authority" else detail["level"]
        if height is None or not (rule.authority or 0) <= height < (rule.authority_below or math.inf):
            return False
    return all(getattr(rule, switch) is None or bool(detail[switch]) == getattr(rule, switch) for switch in _SWITCHES)


_RANKS: dict[int, Level] = {1: "leader", 2: "government", 3: "other"}
_GOVERNMENT = re.compile(
    r"Central Committee|C\.C\.|Party|[Gg]overnment|Cabinet|[Pp]remier|[Mm]inister|Ministry|Assembly|Commission"
    r"|중앙위원회|정부|내각|외무상|외무성|총리"
)


def level(signal: Signal, lexicon: Lexicon) -> Level | None:
    """How high the home side of a message stands, or the highest party to a contact; None of other kinds."""
    detail = signal["detail"]
    if signal["kind"] == "contact":
        return _RANKS[detail["rank"]]
    if signal["kind"] != "message":
        return None
    side = normal((detail["from"] if detail["direction"] == "out" else detail["to"]) or "")
    roles = {name.role for forms in lexicon.forms.values() for name in forms.get(side, ()) if name.partner == HOME}
    if "leader" in roles:
        return "leader"
    return "government" if "official" in roles or _GOVERNMENT.search(side) else "other"


def alerts(
    signals: pl.DataFrame,
    articles: pl.DataFrame,
    rules: Rules,
    recipients: Sequence[Recipient],
    *,
    event: Event = "published",
    revision: int = 1,
) -> list[Alert]:
    """What the rules say of new articles' signals: one alert for each rule, article and partner, in this order."""
    told = {row["article"]: row for row in articles.iter_rows(named=True)}
    made = []
    for rule in rules:
        if event not in rule.events:
            continue
        for (article, partner), rows in _grouped(signals, rule, rules.lexicon).items():
            if article in told:
                words = Words(rules.lexicon, rows, _text(told[article]))
                made.append(_alert(rule, told[article], partner, words, recipients, rules, event, revision))
    return made


def deleted_alerts(
    signals: pl.DataFrame,
    articles: pl.DataFrame,
    rules: Rules,
    recipients: Sequence[Recipient],
    *,
    revision: int = 1,
) -> list[Alert]:
    """What the rules say of articles that were taken down; `signals` and `articles` are as they last were."""
    return alerts(signals, articles, rules, recipients, event="deleted", revision=revision)


def edited_alerts(
    before: pl.DataFrame,
    after: pl.DataFrame,
    articles: pl.DataFrame,
    rules: Rules,
    recipients: Sequence[Recipient],
    *,
    revision: int,
) -> list[Alert]:
    """What the rules say of a new text of known articles: only signals that are gone, new or changed are told.

    `before` and `after` are the signals of the two texts, `articles` the new texts, `revision` the new text's number.
    """
    told = {row["article"]: row for row in articles.iter_rows(named=True)}
    made = []
    for rule in rules:
        if "edited" not in rule.events:
            continue
        old, new = _grouped(before, rule, rules.lexicon), _grouped(after, rule, rules.lexicon)
        for article, partner in sorted({*old, *new}):
            gone, come = _difference(old.get((article, partner), []), new.get((article, partner), []))
            if article in told and (gone or come):
                words = Words(rules.lexicon, gone, _text(told[article]), come, edited=True)
                made.append(_alert(rule, told[article], partner, words, recipients, rules, "edited", revision))
    return made


def _text(article: Mapping[str, Any]) -> str:
    """What the places of signals count in."""
    return "\n".join([article["title"] or "", *(article["paragraphs"] or ())])


def _grouped(signals: pl.DataFrame, rule: Rule, lexicon: Lexicon) -> dict[tuple[str, str], list[Signal]]:
    found: dict[tuple[str, str], list[Signal]] = defaultdict(list)
    for signal in signals.iter_rows(named=True):
        if matches(rule, signal, lexicon):
            found[signal["article"], signal["partner"]].append(signal)
    return found


def _difference(before: list[Signal], after: list[Signal]) -> tuple[list[Signal], list[Signal]]:
    """The signals that only the one and only the other text has; one that merely moved is in both."""
    old, new = defaultdict(list), defaultdict(list)
    for signal in before:
        old[_identity(signal)].append(signal)
    for signal in after:
        new[_identity(signal)].append(signal)
    gone = [signal for key, found in old.items() for signal in found[len(new.get(key, ())) :]]
    come = [signal for key, found in new.items() for signal in found[len(old.get(key, ())) :]]
    return gone, come


def _identity(signal: Signal) -> tuple[object, ...]:
    detail = signal["detail"]
    if signal["kind"] == "message":
        said = tuple(detail[key] for key in ("direction", "from", "to", "occasion", "full_text", "salutation"))
    else:
        said = (normal(signal["quote"]), detail["voice"], detail["negated"])
    return (signal["kind"], signal["code"], signal["partner"], signal["value"], said)


def _alert(
    rule: Rule,
    article: Mapping[str, Any],
    partner: str,
    words: Words,
    recipients: Sequence[Recipient],
    rules: Rules,
    event: Event,
    revision: int,
) -> Alert:
    url = web_address(article["url"] or "")
    said = {
        "summary": words.summary(event),
        "partner": rules.lexicon.label(partner),
        "severity": rule.severity,
        "date": article["date"].isoformat() if article["date"] else "no date",
        "source": f"{article['source']} ({article['lang']})",
        "headline": cut(" ".join((article["title"] or "").split()), QUOTE_LENGTH),
        "what": words.what(event),
        "evidence": words.evidence(),
        "url": url,
        "rule": rule.id,
        "why": rule.why,
    }
    safe = {key: value if key == "url" else safe_text(value) for key, value in said.items()}
    title = cut(" ".join(rule.title.format_map(safe).split()), _TITLE_LENGTH)
    safe["what"] = safe_text(words.what(event, title=title))
    return Alert(
        rule=rule.id,
        rule_version=rule.version,
        severity=rule.severity,
        event=event,
        article=article["article"],
        revision=revision,
        partner=partner,
        title=title,
        body=re.sub(r"\n{3,}", "\n\n", rule.body.format_map(safe)).strip(),
        url=url,
        tags=rule.tags,
        recipients=tuple(r for r in recipients if r.tags & {ALWAYS, *rule.tags}),
    )
