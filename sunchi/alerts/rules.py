"""Makes alerts from signals, by the rules of lexicon/rules.toml; pure.

An alert is worded as an analyst would word it and quotes its evidence. It takes only plain text from a page: no markup,
no control characters, no mention that a chat service would expand, no link except http(s).
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any, get_args

import polars as pl

from sunchi.alerts.comparison import SHALLOW, Background, Comparison
from sunchi.alerts.rules_file import SWITCHES, Counterpart, Level, Rule, Rules, load_rules
from sunchi.alerts.wording import QUOTE_LENGTH, Signal, Wording, counted
from sunchi.history.compare_articles import recalls_visit
from sunchi.history.compare_revisions import difference
from sunchi.history.findings import CONFIDENCES, Compared, Finding
from sunchi.identity.events import events_of, speakers
from sunchi.identity.offices import LATIN_NAME
from sunchi.identity.people import people_of
from sunchi.identity.resolver import resolver_of
from sunchi.lexicon import HOME, Lexicon
from sunchi.model import ALWAYS, Alert, Change, Event, Location, Recipient, language_of_text
from sunchi.text import cut, cut_clauses, normal, primary_language
from sunchi.text.safe import safe_text, web_address

__all__ = ["Rule", "Rules", "alerts", "edited_alerts", "level", "load_rules", "matches"]

_TITLE_LENGTH = 250
_LIKES = {
    "stance": "at this level",
    "formula": "",
    "contact": "at this level",
    "appointment": "to such a post",
}
"""What a signal may be the first of, by kind."""
_LONG = timedelta(days=14)  # a pause worth mentioning
_MEMORY = timedelta(days=365)  # how far back to look for a similar signal


def matches(rule: Rule, signal: Signal, lexicon: Lexicon) -> bool:
    """Return whether every condition of the rule, apart from `changes`, holds for the signal."""
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
    if rule.counterparts is not None and counterpart(signal, lexicon) not in rule.counterparts:
        return False
    if signal["kind"] == "contact" and signal["code"] == "visit" and recalls_visit(signal["quote"], lexicon):
        return False
    value = signal["value"]
    if (rule.at_least is not None and value < rule.at_least) or (rule.at_most is not None and value > rule.at_most):
        return False
    if rule.strength is not None and (signal["kind"] != "formula" or abs(value) < rule.strength):
        return False
    if rule.authority is not None or rule.authority_below is not None:
        height = value if signal["kind"] == "authority" else detail["authority"]
        if height is None or not (rule.authority or 0) <= height < (rule.authority_below or math.inf):
            return False
    return all(getattr(rule, switch) is None or bool(detail[switch]) == getattr(rule, switch) for switch in SWITCHES)


_RANKS: dict[int, Level] = {1: "leader", 2: "government", 3: "other"}
_GOVERNMENT = re.compile(
    r"Central Committee|C\.C\.|Party|[Gg]overnment|Cabinet|[Pp]remier|[Mm]inister|Ministry|Assembly|Commission"
    r"|중앙위원회|정부|내각|외무상|외무성|총리"
)


def level(signal: Signal, lexicon: Lexicon) -> Level | None:
    """Return the rank of the home side of a message, or of the highest party to a contact; None for other kinds."""
    detail = signal["detail"]
    if signal["kind"] == "contact":
        found = _RANKS[detail["rank"]]
        return "other" if found == "leader" and _is_unknown_visitor(signal, lexicon) else found
    if signal["kind"] != "message":
        return None
    side = normal((detail["from"] if detail["direction"] == "out" else detail["to"]) or "")
    roles = {name.role for forms in lexicon.forms.values() for name in forms.get(side, ()) if name.partner == HOME}
    if "leader" in roles:
        return "leader"
    return "government" if "official" in roles or _GOVERNMENT.search(side) else "other"


def _is_unknown_visitor(contact: Signal, lexicon: Lexicon) -> bool:
    """Return whether a visitor is a bare name that persons.csv does not know.

    It has all leaders of the five, so an admirer on a visit is not mistaken for one.
    """
    who, language = contact["detail"]["who"] or "", primary_language(language_of_text(contact))
    states = [HOME, *filter(None, [contact["partner"]])]
    is_name = contact["code"] == "visit" and language == "en" and re.fullmatch(LATIN_NAME, who)
    return bool(is_name) and not list(people_of(lexicon).mentioned(who, language, states))


def counterpart(signal: Signal, lexicon: Lexicon) -> Counterpart | None:
    """Return the level of the other state's side of a message; None for other kinds.

    It is "other" if no office of that side is known. In a text without a date, persons hold the offices that they have
    not left.
    """
    if signal["kind"] != "message":
        return None
    sender, recipient = resolver_of(lexicon).parties({**signal, "date": signal["date"] or date.max})
    is_out = signal["detail"]["direction"] == "out"
    found = (recipient if is_out else sender).level
    if not found and _is_of_ruling_party(signal["detail"]["to" if is_out else "from"] or "", signal, lexicon):
        return "party"
    return next((each for each in get_args(Counterpart) if each == found), "other")


_TITLES = 160  # characters after a name that may hold the person's titles


def _is_of_ruling_party(name: str, message: Signal, lexicon: Lexicon) -> bool:
    """Return whether a text names the other state's governing party after a person's name."""
    behind = message["quote"].partition(name)[2][:_TITLES].casefold() if name else ""
    language = primary_language(language_of_text(message))
    return any(form in behind for form in lexicon.ruling(message["partner"], language, message["date"]))


def alerts(
    signals: pl.DataFrame,
    articles: pl.DataFrame,
    rules: Rules,
    recipients: Sequence[Recipient],
    *,
    change: Change = "published",
    revision: int = 1,
    past: Background | None = None,
    page: Location | None = None,
) -> list[Alert]:
    """Return the alerts for the articles' signals: one for each rule, article and partner, in this order.

    `change` says whether the articles are new or were taken down; `revision` is the number of their text. Rules with
    conditions on findings hold only with a `past`. `page` is the place of the page in the archive.
    """
    by_id = {row["article"]: row for row in articles.iter_rows(named=True)}
    signals = signals.filter(pl.col("language").is_null())  # a translation repeats the original
    made = []
    for rule in rules:
        if change not in rule.changes:
            continue
        earlier = _EarlierDays(rule, signals, past, rules.lexicon)
        for (article, partner), found in _grouped(signals, rule, rules.lexicon).items():
            kinds = {signal["kind"] for signal in found}
            against = past.of(article, partner, rule.kinds or kinds) if past else Comparison()
            if not against.finding:
                found = [signal for signal in found if earlier.are_rare(signal)]
            if article in by_id and found and _finds(rule, against):
                if not against.finding and not against.standing:
                    standing, note = earlier.standing(found)
                    against = replace(against, standing=standing, note=note or ("" if standing else against.note))
                words = Wording(rules.lexicon, _telling(rule, found), _text(by_id[article]), change, against=against)
                alert = _alert(rule, by_id[article], partner, words, recipients, revision, page)
                made.append(replace(alert, events=_events(rule, by_id[article], words, signals)))
    return made


class _EarlierDays:
    """The days on which an edition said about a state what a rule matches, so that what it says daily alerts once."""

    def __init__(self, rule: Rule, new: pl.DataFrame, past: Background | None, lexicon: Lexicon) -> None:
        self._rule, self._new, self._past, self._lexicon = rule, new, past, lexicon

    @cached_property
    def _days(self) -> Mapping[tuple[object, ...], Sequence[date]]:
        days: dict[tuple[object, ...], list[date]] = defaultdict(list)
        first = self._new["date"].min()
        if self._past is None or not isinstance(first, date):
            return days
        earlier = self._past.signals.filter(
            pl.col("date") >= first - max(_MEMORY, timedelta(days=self._rule.quiet or 0)),
            pl.col("kind").is_in(list(self._rule.kinds or self._new["kind"].unique())),
            *(pl.col(name).is_in(self._new[name].unique().implode()) for name in ("partner", "code")),
            pl.col("detail").struct.field("authority").fill_null(math.inf) >= (self._rule.authority or 0),
        )
        for signal in earlier.iter_rows(named=True):
            if matches(self._rule, signal, self._lexicon):
                days[_like(signal)].append(signal["date"])
        return days

    def are_rare(self, signal: Signal) -> bool:
        """Return whether no such signal came in the preceding days that the rule requires to be quiet."""
        if not self._rule.quiet:
            return True
        last = self._last(signal)
        return last is None or signal["date"] - last > timedelta(days=self._rule.quiet)

    def standing(self, signals: Sequence[Signal]) -> tuple[str, str]:
        """Return a clause on when something similar was last said, and a sentence on why that is unknown."""
        if self._past is None or not signals or signals[0]["date"] is None:
            return "", ""
        day, like = signals[0]["date"], self._likeness(signals[0])
        first, last_one = (" ".join(filter(None, (which, like))) for which in ("first", "the last"))
        since = self._past.coverage.since(self._past.edition, day)
        if last := max((last for signal in signals if (last := self._last(signal))), default=None):
            days = counted((day - last).days, "day")
            if day - last >= _LONG:
                return f"{first} in {days}, since {last}", ""
            return f"{last_one} was {days} before", ""
        if day - since > _MEMORY:
            return f"{first} in more than a year", ""
        if day - since < SHALLOW:
            return "", f"The archive begins on {since}: nothing to compare with."
        return f"{first} in {counted((day - since).days, 'day')}; the archive goes back no further than {since}", ""

    def _likeness(self, signal: Signal) -> str:
        """Return in words what a signal has in common with earlier ones."""
        if signal["kind"] == "appointment" and signal["partner"]:
            return f"that concerns {self._lexicon.in_a_sentence(signal['partner'])}"
        return _LIKES.get(signal["kind"], "of its kind")

    def _last(self, signal: Signal) -> date | None:
        """Return the last day before a signal's own on which something similar was said."""
        day = signal["date"]
        if day is None:
            return None
        return max((each for each in self._days.get(_like(signal), ()) if each < day), default=None)


def _like(signal: Signal) -> tuple[object, ...]:
    """Return what similar signals have in common."""
    detail = signal["detail"]
    return (signal["kind"], signal["code"], signal["partner"], detail["direction"], detail["authority"])


def missing_alerts(findings: Iterable[Finding], rules: Rules, recipients: Sequence[Recipient]) -> list[Alert]:
    """Return the alerts of what did not come, each under the article of the last year in which it came."""
    made = []
    for rule in rules:
        for each in findings if "silence" in (rule.findings or ()) else ():
            states = (rule.partners is None or each.partner in rule.partners) and each.partner not in (
                rule.not_partners or ()
            )
            sure = CONFIDENCES.index(each.confidence) >= CONFIDENCES.index(rule.confidence or "low")
            if each.kind != "silence" or each.withdrawn_on or not each.compared or not (states and sure):
                continue
            last = each.compared[0]
            against = Comparison(each, before=each.compared)
            row = {"article": last.article, "source": each.edition.partition("/")[0], "title": last.title,
                   "lang": each.edition.partition("/")[2], "date": last.date, "url": last.url}  # fmt: skip
            alert = _alert(rule, row, each.partner, Wording(rules.lexicon, (), against=against), recipients, 1)
            made.append(replace(alert, events=(Event(f"{rule.id}: {each.event}", each.day, once=True),)))
    return made


def _finds(rule: Rule, against: Comparison) -> bool:
    """Return whether an article's findings match the rule, if it has conditions on findings."""
    least = CONFIDENCES.index(rule.confidence or "low")
    kinds = {
        part.kind
        for finding in against.findings
        for part in finding.parts
        if CONFIDENCES.index(part.confidence) >= least
    }
    return rule.findings is None or bool(kinds & set(rule.findings))


def _telling(rule: Rule, signals: Sequence[Signal]) -> Sequence[Signal]:
    """Return the signals that an alert of a finding quotes if its rule does not name their kind."""
    if rule.findings is None or rule.kinds is not None:
        return signals
    for kinds in (("message", "contact"), ("formula",), ("stance",), ("authority",)):
        if found := [signal for signal in signals if signal["kind"] in kinds]:
            return found
    return signals


def edited_alerts(
    before: pl.DataFrame,
    after: pl.DataFrame,
    was: pl.DataFrame,
    articles: pl.DataFrame,
    rules: Rules,
    recipients: Sequence[Recipient],
    *,
    revision: int,
) -> list[Alert]:
    """Return the alerts for new texts of known articles, about the signals that are gone, new or changed.

    `before` and `after` are the signals of the two texts, `was` and `articles` the texts, `revision` the new one's
    number.
    """
    by_id = {row["article"]: row for row in articles.iter_rows(named=True)}
    old_texts = {row["article"]: _text(row) for row in was.iter_rows(named=True)}
    made = []
    for rule in rules:
        if "edited" not in rule.changes:
            continue
        old, new = _grouped(before, rule, rules.lexicon), _grouped(after, rule, rules.lexicon)
        for article, partner in sorted({*old, *new}):
            gone, come = difference(old.get((article, partner), []), new.get((article, partner), []))
            if article in by_id and (gone or come):
                words = Wording(rules.lexicon, gone, _text(by_id[article]), "edited", come, old_texts.get(article, ""))
                made.append(_alert(rule, by_id[article], partner, words, recipients, revision))
    return made


def completed_alerts(
    before: pl.DataFrame,
    after: pl.DataFrame,
    articles: pl.DataFrame,
    rules: Rules,
    recipients: Sequence[Recipient],
    *,
    revision: int,
    page: Location | None = None,
) -> list[Alert]:
    """Return the alerts for articles whose beginning was known, except those that the beginning already raised.

    The site has edited nothing, so they are alerts of new articles.
    """
    untold = set[tuple[str, str, str]]()
    for rule in rules:
        old = _grouped(before, rule, rules.lexicon)
        for (article, partner), found in _grouped(after, rule, rules.lexicon).items():
            _, come = difference(old.get((article, partner), []), found, is_cut=True)
            untold.update({(rule.id, article, partner)} if come else ())
    made = alerts(after, articles, rules, recipients, revision=revision, page=page)
    return [alert for alert in made if (alert.rule, alert.article, alert.partner) in untold]


def _text(article: Mapping[str, Any]) -> str:
    """Return the text to which the offsets of signals refer."""
    return "\n".join([article["title"] or "", *(article["paragraphs"] or ())])


def _grouped(signals: pl.DataFrame, rule: Rule, lexicon: Lexicon) -> dict[tuple[str, str], list[Signal]]:
    """Return the signals for which a rule holds, by article and state."""
    if rule.genres is not None:
        is_of_genre = (pl.col("kind") == "authority") & pl.col("code").is_in(rule.genres)
        signals = signals.join(signals.filter(is_of_genre).select("article").unique(), on="article", how="semi")
    found: dict[tuple[str, str], list[Signal]] = defaultdict(list)
    for signal in signals.iter_rows(named=True):
        if matches(rule, signal, lexicon):
            found[signal["article"], signal["partner"]].append(signal)
    return found


def _alert(
    rule: Rule,
    article: Mapping[str, Any],
    partner: str,
    words: Wording,
    recipients: Sequence[Recipient],
    revision: int,
    page: Location | None = None,
) -> Alert:
    said = _said(rule, article, partner, words, page)
    first_line = " ".join(rule.title.format_map(said).split())
    title = cut_clauses(first_line, _TITLE_LENGTH)
    if title != first_line:
        said["change"] = safe_text(words.against.in_words(_left_out(first_line, title)))
    said["what"] = safe_text(words.what(title=title))
    return Alert(
        rule=rule.id,
        rule_version=rule.version,
        severity="low" if words.against.is_usual else rule.severity,
        change=words.change,
        article=article["article"],
        revision=revision,
        partner=partner,
        title=title,
        body=re.sub(r"\n{3,}", "\n\n", rule.body.format_map(said)).strip(),
        url=said["url"],
        data=_data(rule, article, partner, words, said),
        tags=rule.tags,
        recipients=tuple(r for r in recipients if r.tags & {ALWAYS, *rule.tags}),
    )


def _left_out(first_line: str, title: str) -> list[str]:
    """Return the clauses of a first line that do not fit into the title."""
    return first_line.removeprefix(f"{title}; ").split("; ") if first_line.startswith(title) else []


def _said(
    rule: Rule, article: Mapping[str, Any], partner: str, words: Wording, page: Location | None
) -> dict[str, str]:
    """Return the fields for a rule's templates, as safe text."""
    said = {
        "summary": words.summary(),
        "change": words.against.in_words(),
        "explained": f"Explained: sunchi detect --explain {article['article']}",
        "page": f"Stored page: {page.file}, byte {page.offset}" if page else "",
        "partner": words.lexicon.label(partner),
        "severity": rule.severity,
        "date": article["date"].isoformat() if article["date"] else "no date",
        "source": f"{article['source']} ({article['lang']})",
        "headline": cut(" ".join((article["title"] or "").split()), QUOTE_LENGTH),
        "what": words.what(),
        "evidence": words.evidence(),
        "rule": rule.id,
        "why": rule.why,
    }
    return {key: safe_text(value) for key, value in said.items()} | {"url": web_address(article["url"] or "")}


def _data(
    rule: Rule, article: Mapping[str, Any], partner: str, words: Wording, said: Mapping[str, str]
) -> Mapping[str, Any]:
    """Return an alert as data for programs; words from pages are made as safe as in its text."""
    against = words.against
    found = against.finding
    return {
        "rule": rule.id,
        "severity": "low" if words.against.is_usual else rule.severity,
        "partner": partner,
        "change": words.change,
        "kinds": sorted({signal["kind"] for signal in (*words.signals, *words.come)}),
        "finding": {
            "id": found.id,
            "kind": found.kind,
            "words": safe_text(found.first_line),
            "confidence": found.confidence,
            "numbers": found.numbers,
            "innocent": list(found.innocent),
        }
        if found
        else None,
        "parties": list(against.parties),
        "speakers": speakers(words.signals, words.lexicon),
        "new": list(against.new),
        "gone": list(against.gone),
        "compared": [_compared(text) for text in (*against.now, *against.before)],
        "articles": [
            {
                "id": article["article"],
                "edition": f"{article['source']}/{article['lang']}",
                "date": article["date"].isoformat() if article["date"] else None,
                "title": said["headline"],
                "url": said["url"],
            }
        ],
        "quotes": said["evidence"].splitlines(),
    }


def _compared(text: Compared) -> Mapping[str, Any]:
    return {
        "date": text.date.isoformat(),
        "what": safe_text(text.what),
        "words": text.words,
        "salutation": text.salutation,
        "phrases": None if text.phrases is None else list(text.phrases),
        "article": text.article,
        "url": web_address(text.url),
    }


def _events(rule: Rule, article: Mapping[str, Any], words: Wording, signals: pl.DataFrame) -> tuple[Event, ...]:
    """Return the events of a new article under this rule; none for an edit or deletion, which is about one article."""
    if words.change != "published":
        return ()
    of_article = list(signals.filter(pl.col("article") == article["article"]).iter_rows(named=True))
    found = events_of(words.signals, of_article, words.text, article["date"], words.lexicon)
    return tuple(replace(event, key=f"{rule.id}: {event.key}") for event in found)
