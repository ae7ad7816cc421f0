"""The text of alerts: signals as an analyst would word them, with their quotes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from sunchi.alerts.comparison import MESSAGES, Comparison
from sunchi.alerts.subject import bare, subject_of
from sunchi.history.items import occasion_in_words
from sunchi.identity.people import people_named, people_of
from sunchi.lexicon import HOME, Lexicon
from sunchi.model import Alert, Change, Salutation, Signal, language_of_text
from sunchi.text import counted, cut, plain, primary_language, sentences
from sunchi.text.safe import safe_text

_WHO = 120  # characters for the names of those who met
_ROOM = 150  # characters of a title, for the words before and after an edit
QUOTES, QUOTE_LENGTH = 5, 300  # characters, with the quotation marks

_CONTACTS = {
    "summit": "summit",
    "talks": "talks",
    "visit": "visit",
    "delegation_out": "delegation sent",
    "delegation_in": "delegation received",
    "reception": "reception",
    "courtesy_call": "call or credentials",
    "agreement": "agreement",
    "joint_event": "joint event",
}
_RANKS = {1: "leaders' level", 2: "ministers' level", 3: "below ministers"}
_VOICE = {
    "leader": "the leader in person",
    "government": "statement of party or government",
    "foreign_ministry_statement": "Foreign Ministry statement",
    "press_statement": "press statement",
    "spokesperson_answer": "answer of a spokesperson",
    "commentary": "commentary",
    "report": "report",
}
_LISTED = {"listed": "on the list", "list_only": "a line on the list only", "media_only": "pictures without a text"}
_STANCES = {-2: "hostile", -1: "critical", 0: "neutral", 1: "friendly", 2: "exceptionally warm"}
_VOICES = {"own": "in Pyongyang's own voice", "partner": "in the other side's voice", "third": "quoted from others"}


@dataclass(frozen=True)
class Wording:
    """The words of one alert about some signals of one article."""

    lexicon: Lexicon
    signals: Sequence[Signal]  # for an edit: those that are gone
    text: str = ""  # the article's current text
    change: Change = "published"
    come: Sequence[Signal] = ()  # for an edit: those that are new
    old_text: str = ""  # for an edit: the article's earlier text
    against: Comparison = field(default_factory=Comparison)  # with the past

    def summary(self) -> str:
        """Return the first line: what changed, or else what the first signal says, compared with the past."""
        if self.against.line:
            about = self._about() if self.against.finding and self.against.finding.kind == "level" else ""
            return "; ".join(filter(None, (self.against.line, about)))
        if self.change != "published":
            return self._signals_in_one_line()
        what, details = self._opening(self.signals[0])
        opening = f"{what}: {self.against.standing}" if self.against.standing else what
        lines = len(self._lines())
        return "; ".join(filter(None, (opening, details))) + (f" (and {lines - 1} more)" if lines > 1 else "")

    def _opening(self, signal: Signal) -> tuple[str, str]:
        """Return what the first line is about, and the details that follow the comparison with the past."""
        if signal["kind"] == "message" and self.against.message and self.against.standing:
            return self.against.message, self._form(signal)
        if signal["kind"] == "stance" and signal["value"] < 0:
            said_by = signal["detail"]["by"] or ""
            by = self._english(said_by, signal) or cut(self._short(said_by), 60)
            return (
                f"{by or signal['source']} against {self.lexicon.in_a_sentence(signal['partner'])}",
                self._about(),
            )
        return self.line(signal), ""

    def _about(self) -> str:
        """Return what the article is about, in its own words."""
        if not self.signals:
            return ""
        evidence = bare(_context(self.signals[0], self.text))
        return subject_of(self.text, language_of_text(self.signals[0]), self.lexicon, evidence)

    def _signals_in_one_line(self) -> str:
        """Return the first signal that an edit or deletion touches, with its replacement, and the number of others."""
        lines = self._lines()
        shown = dict.fromkeys([lines[0], *(self.line(signal) for signal in self.come[:1])])
        if sum(map(len, shown)) > _ROOM:
            shown = dict.fromkeys(lines[:1])
        more = f" (and {len(lines) - len(shown)} more)" if len(lines) > len(shown) else ""
        return ", ".join(filter(None, (self.change.capitalize(), self._edit()))) + f": {'; now: '.join(shown)}{more}"

    def _edit(self) -> str:
        """Return what an edit did with its signals, if it did the same with all."""
        if self.change != "edited" or (self.signals and self.come):
            return ""
        return "no longer there" if self.signals else "now there"

    def what(self, *, title: str = "") -> str:
        """Return one line for every signal, except the one that the alert's title gives in full."""
        lines = self._lines()
        if not lines:
            return ""
        in_title = self._is_told(lines[0], title)
        alone = in_title and len(lines) == 1
        if self.change == "edited" and alone:
            return "" if self._edit() in title else f"{self._edit().capitalize()}."
        if self.change == "edited":
            gone = ["No longer there:", *map(self.line, self.signals)] if self.signals else []
            come = ["Now there:", *map(self.line, self.come)] if self.come else []
            return "\n".join([*gone, *come])
        if self.change == "deleted":
            return "\n".join(["The article was taken down. It had said:", *([] if alone else lines)])
        return "\n".join(lines[1:] if in_title else lines)

    def _is_told(self, line: str, title: str) -> bool:
        """Return whether a title says everything in the line of the first signal."""
        if safe_text(line) in title:
            return True
        signal = next(iter(self.signals), None)
        if signal is None or signal["kind"] != "message" or not self.against.message:
            return False
        occasion = signal["detail"]["occasion"] or ""
        return all(safe_text(words) in title for words in (self.against.message, occasion, self._form(signal)))

    def _lines(self) -> list[str]:
        return list(dict.fromkeys(map(self.line, [*self.signals, *self.come])))

    def evidence(self) -> str:
        """Return up to five quotes; for an edit, from both texts."""
        if self.change != "edited":
            return "\n".join(_quotes(self.signals, self.text)[:QUOTES])
        before, after = _quotes(self.signals, self.old_text), _quotes(self.come, self.text)
        kept = QUOTES - min(len(after), QUOTES // 2)
        before = before[:kept]
        marked = [f"Before: {quote}" for quote in before] + [f"Now: {quote}" for quote in after]
        return "\n".join(marked[:QUOTES])

    def line(self, signal: Signal) -> str:
        """Return one signal in one line."""
        say: dict[str, Callable[[Signal], str]] = {
            "message": self._message,
            "formula": self._formula,
            "contact": self._contact,
            "appointment": self._appointment,
            "authority": self._authority,
            "placement": self._placement,
            "stance": self._stance,
        }
        return say.get(signal["kind"], self._other)(signal)

    def _message(self, signal: Signal) -> str:
        detail = signal["detail"]
        label = self.lexicon.label(signal["partner"])
        sender, recipient = (self._called(detail[side] or "somebody", signal) for side in ("from", "to"))
        is_out = detail["direction"] == "out"
        theirs, name = (recipient, detail["to"]) if is_out else (sender, detail["from"])
        # The state is added, unless its name is there or the person is in partners.csv.
        if label not in theirs and not people_named(name or "", language_of_text(signal), self.lexicon):
            theirs = f"{theirs} ({label})"
        sender, recipient = (sender, theirs) if is_out else (theirs, recipient)
        kind = MESSAGES.get(signal["code"], signal["code"])
        text = f"{sender} → {recipient}: {kind}{on_occasion(signal['code'], detail['occasion'] or '')}"
        return f"{text}, {self._form(signal)}"

    def _form(self, signal: Signal) -> str:
        """Return the length at which a message is given, and its salutation."""
        detail = signal["detail"]
        given = "full text" if detail["full_text"] else "reported, not in full"
        words = f"{signal['value']:.0f} words, {given}" if signal["value"] else "text not given"
        said = detail["salutation"]
        return words if said is None else f"{words}, addressed {Salutation(said).in_words}"

    def _formula(self, signal: Signal) -> str:
        detail = signal["detail"]
        marks = ", denied" * bool(detail["negated"]) + ", of the past" * bool(detail["historical"])
        label = self.lexicon.label(signal["partner"])
        quote = cut(" ".join(signal["quote"].split()), 120)
        return f"{label}: “{quote}” ({detail['category']}, {signal['value']:+.3g}{marks}), {_VOICES[detail['voice']]}"

    def _contact(self, signal: Signal) -> str:
        detail = signal["detail"]
        who = cut(_ARTICLE.sub(lambda article: article[0].lower(), detail["who"] or ""), _WHO)
        who = f", {who}" if who else ""
        kind = _CONTACTS.get(signal["code"], signal["code"])
        return f"{self.lexicon.label(signal['partner'])}: {kind}{who} ({_RANKS[detail['rank']]})"

    def _appointment(self, signal: Signal) -> str:
        detail = signal["detail"]
        becomes = {"relieved": "relieved as", "elected": "elected"}.get(signal["code"], "appointed")
        if language_of_text(signal) == "en" and becomes == "appointed" and _BODY.match(detail["post"]):
            becomes = "takes over the"
        return f"{self._called(detail['person'], signal)} {becomes} {detail['post']}"

    def _called(self, name: str, signal: Signal) -> str:
        """Return a name as the article has it, after the person's English name, with or without title."""
        english = self._english(name, signal)
        return f"{english} ({name})" if english else name

    def _english(self, name: str, signal: Signal) -> str:
        """Return the English name of the only person with this name in another language; else ""."""
        language = primary_language(language_of_text(signal))
        if language == "en":
            return ""
        states = {HOME, signal["partner"]} - {""}
        named = people_of(self.lexicon).mentioned(plain(name, language), language, states)
        english = {self.lexicon.person_name(person.id) for _, person in named}
        if not english:
            lines = {known.line for known in people_named(name, language, self.lexicon)}
            english = {known.form for known in self.lexicon.names if known.line in lines and known.lang == "en"}
        return min(english) if len(english) == 1 else ""

    def _short(self, name: str) -> str:
        """Return a speaker by the abbreviations given with the names: "General Staff of the KPA"."""
        name = name.replace(_FULL_NAME, self.lexicon.label(HOME))
        return _ABBREVIATED.sub(_by_its_letters, name)

    def _authority(self, signal: Signal) -> str:
        by = f", by {signal['detail']['by']}" if signal["detail"]["by"] else ""
        return f"{_VOICE.get(signal['code'], signal['code'])} (level {signal['value']:.3g} of 10){by}"

    def _placement(self, signal: Signal) -> str:
        detail = signal["detail"]
        if signal["code"] in ("front_page", "page"):
            place = f"page {signal['value']:.0f}" + (f" of {detail['pages']}" if detail["pages"] else "")
        else:
            place = _LISTED[signal["code"]]
            if signal["value"]:
                place += f", number {signal['value']:.0f}" + (f" of {detail['entries']}" if detail["entries"] else "")
        return place + (f", {counted(detail['photos'], 'photo')}" if detail["photos"] else "")

    def _stance(self, signal: Signal) -> str:
        detail = signal["detail"]
        by = f", said by {cut(self._called(detail['by'], signal), 60)}" if detail["by"] else ""
        rests = f"; rests on {cut(detail['rests_on'].replace('; ', ', '), 160)}" if detail["rests_on"] else ""
        value = f"{signal['value']:+.3g}" if signal["value"] else "0"
        stance = f"{_STANCES[int(signal['value'])]} ({value})"
        return f"{self.lexicon.label(signal['partner'])}: {stance}{by}{rests}"

    def _other(self, signal: Signal) -> str:
        unit = " words" if signal["kind"] == "attention" else ""
        return f"{self.lexicon.label(signal['partner'])}: {signal['code']}, {signal['value']:.3g}{unit}"


def _by_its_letters(given: re.Match[str]) -> str:
    """Return words followed by an abbreviation with the abbreviation in place of the words that it stands for."""
    words = given[1].split()
    for number in range(len(words) - 1, -1, -1):
        if "".join(word[0] for word in words[number:] if word[0].isupper()) == given[2]:
            return " ".join([*words[:number], given[2]])
    return given[1]


_FULL_NAME = "Democratic People's Republic of Korea"
_ABBREVIATED = re.compile(r"^(.*\S) \(([A-Z]{2,})\)")  # General Staff of the Korean People's Army (KPA)
_ARTICLE = re.compile(r"^(?:An?|The)\b")
_BODY = re.compile(  # a post that is an office: somebody "takes over the International Department"
    r"(?:[A-Z][\w'-]+ )*(?:Department|Ministry|Committee|Commission|Bureau|Council|Office|Association)(?: of |$)"
)
_WITHOUT_ARTICLE = re.compile(  # occasions such as "Xi Jinping's birthday"
    r"the |his |her |its |their |New Year|[^\x00-\x7f]|(?:[A-Z][\w.-]*,? ){0,4}[A-Z][\w.-]*['’]s "
)


def on_occasion(code: str, occasion: str) -> str:
    """Return what follows the kind of a message: " on his birthday", " over the flood"; "" without an occasion."""
    if not occasion:
        return ""
    occasion = occasion_in_words(occasion)
    article = "" if _WITHOUT_ARTICLE.match(occasion) else "the "
    return f" {'over' if code in ('sympathy', 'condolence') else 'on'} {article}{occasion}"


def _quotes(signals: Iterable[Signal], text: str) -> list[str]:
    """Return the evidence in quotation marks, each quote once and at most 300 characters long; a phrase with its
    context."""
    found = dict.fromkeys(bare(_context(signal, text)) for signal in signals)
    return [f"“{cut(quote, QUOTE_LENGTH - 2)}”" for quote in found if quote]


def _context(signal: Signal, text: str) -> str:
    """Return the sentence of a phrase, or the part around it; other kinds quote sentences already."""
    quote: str = signal["quote"]
    start, end = signal["start"], signal["end"]
    if signal["kind"] not in ("formula", "stance") or text[start:end] != quote:
        return quote
    first, last = next((s for s in sentences(text, language_of_text(signal)) if s[0] <= start < s[1]), (start, end))
    room = max(0, QUOTE_LENGTH - 4 - (end - start))
    cut_first = max(first, start - room * 2 // 3)
    cut_last = min(last, end + room - (start - cut_first))
    return ("…" if cut_first > first else "") + text[cut_first:cut_last] + ("…" if cut_last < last else "")


def correction(alert: Alert, why: str) -> Alert:
    """Return the alert that takes back an earlier one, for those who received it; its title repeats the earlier one."""
    body = f"An earlier alert does not hold: {why}.\n\nThe earlier alert: {alert.title}\n{alert.body}"
    return replace(alert, change="corrected", title=f"Correction: {alert.title}", body=body, events=())
