"""Rules: from signals to alerts, as lexicon/rules.toml says; pure.

An alert speaks as an analyst would, quotes its evidence, and carries nothing of a page but plain text: no markup, no
control characters, no mention that a chat service would expand, no link but http(s).
"""

from __future__ import annotations

import hashlib
import json
import re
import string
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

import polars as pl

from sunchi import lexicon as lexicons
from sunchi.lexicon import HOME, Lexicon
from sunchi.model import Alert, Event, LexiconError, Recipient, Severity
from sunchi.text import normal, sentences

Signal = Mapping[str, Any]  # one row of model.SIGNALS

Level = Literal["leader", "government", "other"]
_TITLE = "{summary}"
_BODY = "{what}\n\n{evidence}\n\n{headline}\n{source}, {date}\n{url}\n\nRule: {rule}. {why}"
_FIELDS = frozenset("summary partner severity date source headline what evidence url rule why".split())
_KINDS = frozenset({"attention", "formula", "message", "contact", "appointment", "authority", "placement", "stance"})
_QUOTES, _QUOTE_LENGTH, _TITLE_LENGTH = 5, 300, 200


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
    "kinds": _KINDS,
    "directions": frozenset({"out", "in"}),
    "levels": frozenset(get_args(Level)),
    "voices": frozenset({"own", "partner", "third"}),
    "categories": frozenset(lexicons.CATEGORIES),
}
_LISTS = ("tags", *_CHOICES, "codes", "partners", "not_partners")
_NUMBERS = ("at_least", "at_most", "strength")
_SWITCHES = ("named", "grouped", "full_text", "historical", "negated")
_WORDS = ("id", "severity", "why", "title", "body")
_NEEDED = ("id", "severity", "tags", "why")


def load_rules(path: Path, lexicon: Lexicon | None = None) -> Rules:
    """The rules in `path`; the lexicon is that of its folder unless one is given. Raises LexiconError with all faults."""
    lexicon = lexicon or lexicons.load(path.parent)
    try:
        content = path.read_text(encoding="utf-8")
        tables = tomllib.loads(content).get("rule", [])
    except OSError as error:
        raise LexiconError(f"{path.name}:1: can't be read ({error.strerror}); put the file there") from None
    except UnicodeDecodeError:
        raise LexiconError(f"{path.name}:1: is not UTF-8; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise LexiconError(f"{path.name}:{line[1] if line else 1}: is not TOML: {error}") from None
    lines = [n for n, line in enumerate(content.splitlines(), 1) if re.match(r"\s*\[\[\s*rule\s*\]\]", line)]
    faults: list[str] = []
    rules: list[Rule] = []
    for table, line in zip(tables, lines, strict=False):
        wrong = list(_faults(table, lexicon, {rule.id for rule in rules}))
        faults += [f"{path.name}:{line}: {fault}" for fault in wrong]
        if not wrong:
            rules.append(_rule(table))
    if faults:
        raise LexiconError("\n".join(faults))
    return Rules(tuple(rules), lexicon)


def _rule(table: dict[str, Any]) -> Rule:
    content = json.dumps(table, sort_keys=True, ensure_ascii=False)
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    return Rule(version=hashlib.sha256(content.encode()).hexdigest()[:12], **values)


def _faults(table: dict[str, Any], lexicon: Lexicon, taken: set[str]) -> Iterator[str]:
    """What is wrong with one rule, each in words."""
    name = table.get("id", "without id")
    for key in _NEEDED:
        if key not in table:
            yield f"rule “{name}” has no {key}; add {key} = …"
    for key, value in table.items():
        if key in _LISTS:
            if not (isinstance(value, list) and value and all(isinstance(item, str) for item in value)):
                yield f'{key} must be a list of words, as in {key} = ["…"]'
                continue
            yield from _strangers(key, value, lexicon)
        elif key in _NUMBERS:
            if isinstance(value, bool) or not isinstance(value, int | float):
                yield f"{key} must be a number"
        elif key in _SWITCHES:
            if not isinstance(value, bool):
                yield f"{key} must be true or false"
        elif key not in _WORDS:
            known = ", ".join(field.name for field in fields(Rule) if field.name != "version")
            yield f"“{key}” is unknown; a rule may have {known}"
        elif not isinstance(value, str):
            yield f"{key} must be words between quotes"
        elif key in ("title", "body"):
            yield from _template_faults(key, value)
    if isinstance(name, str) and "id" in table:
        if not re.fullmatch("[a-z0-9][a-z0-9-]*", name):
            yield f"id “{name}” must be small letters, digits and -"
        if name in taken:
            yield f"there is a rule “{name}” already; give this one another id"
    if isinstance(table.get("severity"), str) and table["severity"] not in get_args(Severity):
        yield f"severity “{table['severity']}” is unknown; it is one of {', '.join(get_args(Severity))}"


def _strangers(key: str, values: list[str], lexicon: Lexicon) -> Iterator[str]:
    for value in values:
        if key == "tags" and not re.fullmatch("[a-z][a-z0-9_-]*", value):
            yield f"tag “{value}” must be small letters, digits, - and _; “:” would set retries or escalation in apprise"
        elif key in ("partners", "not_partners") and value not in lexicon.partners:
            yield f"partner “{value}” is not in partners.csv; add it there"
        elif key in _CHOICES and value not in _CHOICES[key]:
            yield f"“{value}” is none of {key}: {', '.join(sorted(_CHOICES[key]))}"


def _template_faults(key: str, template: str) -> Iterator[str]:
    try:
        named = [name for _, name, *_ in string.Formatter().parse(template) if name is not None]
    except ValueError as error:
        yield f"{key} can't be read: {error}; write {{{{ and }}}} for plain braces"
        return
    for name in named:
        if name not in _FIELDS:
            yield f"{key} names {{{name}}}, which is unknown; there are {', '.join(sorted(_FIELDS))}"


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
    if rule.levels is not None and (signal["kind"] != "message" or level(signal, lexicon) not in rule.levels):
        return False
    value = signal["value"]
    if rule.at_least is not None and value < rule.at_least or rule.at_most is not None and value > rule.at_most:
        return False
    if rule.strength is not None and (signal["kind"] != "formula" or abs(value) < rule.strength):
        return False
    return all(getattr(rule, switch) is None or bool(detail[switch]) == getattr(rule, switch) for switch in _SWITCHES)


_GOVERNMENT = re.compile(
    r"Central Committee|C\.C\.|Party|Government|government|Cabinet|premier|minister|Minister|Ministry|Assembly|Commission"
    r"|중앙위원회|정부|내각|외무상|외무성|총리"
)


def level(signal: Signal, lexicon: Lexicon) -> Level:
    """How high the home side of a message stands."""
    detail = signal["detail"]
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
                words = _Words(rules.lexicon, rows, _text(told[article]))
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
                words = _Words(rules.lexicon, gone, _text(told[article]), come, edited=True)
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


# --- words ----------------------------------------------------------------------------------------------------------

_MESSAGES = {
    "congratulation": "congratulation",
    "greeting": "message of greeting",
    "reply": "reply",
    "condolence": "condolences",
    "sympathy": "message of sympathy",
    "thanks": "message of thanks",
    "verbal": "verbal message",
    "letter": "letter",
    "solidarity": "message of solidarity",
    "floral_basket": "floral basket",
    "wreath": "wreath",
    "gift": "gift",
}
_CALLED = {0: "addressed by title alone", 1: "addressed as respected or comrade", 2: "addressed as the closest"}
_VOICES = {"own": "in Pyongyang's own voice", "partner": "in the other side's voice", "third": "quoted from others"}


@dataclass(frozen=True)
class _Words:
    """What an alert has to say, in plain text."""

    lexicon: Lexicon
    signals: Sequence[Signal]  # for an edit: those that are gone
    text: str = ""  # of the article as it stands
    come: Sequence[Signal] = ()
    edited: bool = False

    def summary(self, event: Event) -> str:
        lines = list(dict.fromkeys(map(self.line, [*self.signals, *self.come])))
        more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
        return {"published": "", "edited": "Edited: ", "deleted": "Deleted: "}[event] + lines[0] + more

    def what(self, event: Event) -> str:
        if not self.edited:
            head = "The article was taken down. It had said:\n" if event == "deleted" else ""
            return head + "\n".join(dict.fromkeys(map(self.line, self.signals)))
        gone = ["No longer there:", *map(self.line, self.signals)] if self.signals else []
        come = ["There now:", *map(self.line, self.come)] if self.come else []
        return "\n".join([*gone, *come])

    def evidence(self) -> str:
        """Up to five quotes; where there are two texts, of both."""
        if not self.edited:
            return "\n".join(_quotes(self.signals, self.text)[:_QUOTES])
        before, after = _quotes(self.signals, ""), _quotes(self.come, self.text)
        kept = _QUOTES - min(len(after), _QUOTES // 2)
        before = before[:kept]
        marked = [f"Before: {quote}" for quote in before] + [f"Now: {quote}" for quote in after]
        return "\n".join(marked[:_QUOTES])

    def line(self, signal: Signal) -> str:
        """One signal in one line."""
        say: dict[str, Callable[[Signal], str]] = {"message": self._message, "formula": self._formula}
        return say.get(signal["kind"], self._other)(signal)

    def _message(self, signal: Signal) -> str:
        detail = signal["detail"]
        label = self.lexicon.label(signal["partner"])
        sender, recipient = detail["from"] or "somebody", detail["to"] or "somebody"
        if detail["direction"] == "out":
            recipient = recipient if detail["named"] else f"{recipient} ({label})"
        else:
            sender = sender if detail["named"] else f"{sender} ({label})"
        kind = _MESSAGES.get(signal["code"], signal["code"])
        text = f"{sender} → {recipient}: {kind}{_on(signal['code'], detail['occasion'] or '')}"
        if signal["value"]:
            text += f", {signal['value']:.0f} words, " + (
                "full text" if detail["full_text"] else "reported, not in full"
            )
        else:
            text += ", text not given"
        called = _CALLED.get(detail["salutation"], "")
        return f"{text}, {called}" if called else text

    def _formula(self, signal: Signal) -> str:
        detail = signal["detail"]
        denied = ", denied" if detail["negated"] else ""
        label = self.lexicon.label(signal["partner"])
        quote = _cut(" ".join(signal["quote"].split()), 120)
        return f"{label}: “{quote}” ({detail['category']}, {signal['value']:+.3g}{denied}), {_VOICES[detail['voice']]}"

    def _other(self, signal: Signal) -> str:
        unit = " words" if signal["kind"] == "attention" else ""
        return f"{self.lexicon.label(signal['partner'])}: {signal['code']}, {signal['value']:.3g}{unit}"


def _on(code: str, occasion: str) -> str:
    if not occasion:
        return ""
    occasion = re.sub(r"^your\b", "the recipient's", occasion)
    article = "" if re.match(r"(?:the|his|her|its|their|New Year|[^\x00-\x7f])", occasion) else "the "
    return f" {'over' if code in ('sympathy', 'condolence') else 'on'} {article}{occasion}"


def _quotes(signals: Iterable[Signal], text: str) -> list[str]:
    """The evidence, each once, in quotation marks: at most 300 characters, of a phrase with the words around it."""
    found = dict.fromkeys(" ".join(_context(signal, text).split()) for signal in signals)
    return [f"“{_cut(quote, _QUOTE_LENGTH - 2)}”" for quote in found if quote]


def _context(signal: Signal, text: str) -> str:
    """A formula's sentence, or what of it stands nearest; other signals' quotes are sentences already."""
    quote: str = signal["quote"]
    start, end = signal["start"], signal["end"]
    if signal["kind"] != "formula" or text[start:end] != quote:
        return quote
    first, last = next((s for s in sentences(text, signal["lang"]) if s[0] <= start < s[1]), (start, end))
    room = max(0, _QUOTE_LENGTH - 4 - (end - start))
    cut_first = max(first, start - room * 2 // 3)
    cut_last = min(last, end + room - (start - cut_first))
    return ("…" if cut_first > first else "") + text[cut_first:cut_last] + ("…" if cut_last < last else "")


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _alert(
    rule: Rule,
    article: Mapping[str, Any],
    partner: str,
    words: _Words,
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
        "headline": _cut(" ".join((article["title"] or "").split()), _QUOTE_LENGTH),
        "what": words.what(event),
        "evidence": words.evidence(),
        "url": url,
        "rule": rule.id,
        "why": rule.why,
    }
    safe = {key: value if key == "url" else safe_text(value) for key, value in said.items()}
    title = " ".join(rule.title.format_map(safe).split())
    return Alert(
        rule=rule.id,
        rule_version=rule.version,
        severity=rule.severity,
        event=event,
        article=article["article"],
        revision=revision,
        partner=partner,
        title=_cut(title, _TITLE_LENGTH),
        body=re.sub(r"\n{3,}", "\n\n", rule.body.format_map(safe)).strip(),
        url=url,
        tags=rule.tags,
        recipients=tuple(r for r in recipients if r.tags & set(rule.tags)),
    )


_FOR_CHAT = str.maketrans({"@": "＠", "<": "‹", ">": "›", "`": "'"})


def safe_text(text: str) -> str:
    """Text that no chat, mail or browser takes for more than text: no controls, no tags, no mentions, no Markdown links."""
    kept = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))
    return kept.translate(_FOR_CHAT).replace("](", "] (")


def web_address(url: str) -> str:
    """The address if it is http(s) with a host and has neither blanks nor controls, else ""."""
    if any(c.isspace() or unicodedata.category(c) in ("Cc", "Cf") or c in '<>"`' for c in url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.hostname else ""
