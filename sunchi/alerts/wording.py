"""The words of alerts: signals as an analyst would put them, with their quotes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sunchi.alerts.comparison import Comparison
from sunchi.history.items import occasion_in_words
from sunchi.identity.people import people_named
from sunchi.lexicon import Lexicon
from sunchi.model import Alert, Change, language_of_text
from sunchi.text import blank, cut, frame, plain, primary_language, sentences
from sunchi.text.safe import safe_text

Signal = Mapping[str, Any]  # one row of model.SIGNALS

_ROOM = 150  # characters of a title, for what was there before an edit and what is there now
QUOTES, QUOTE_LENGTH = 5, 300  # characters, with the quotation marks

MESSAGES = {
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
_LISTED = {"listed": "on the list", "list_only": "only a line of the list", "media_only": "pictures without a text"}
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
        """Return the first signal in one line, for an edit with its replacement, and how many more there are."""
        lines = self._lines()
        shown = dict.fromkeys([lines[0], *(self.line(signal) for signal in self.come[:1])])
        if sum(map(len, shown)) > _ROOM:
            shown = dict.fromkeys(lines[:1])
        more = f" (and {len(lines) - len(shown)} more)" if len(lines) > len(shown) else ""
        return (
            {"published": "", "edited": "Edited: ", "deleted": "Deleted: "}[self.change] + "; now: ".join(shown) + more
        )

    def what(self, *, title: str = "") -> str:
        """Return every signal in one line each, except one that the alert's title gives in full."""
        lines = self._lines()
        if not lines:
            return ""
        in_title = safe_text(lines[0]) in title
        alone = in_title and len(lines) == 1
        if self.change == "edited" and alone:
            return "No longer there." if self.signals else "There now."
        if self.change == "edited":
            gone = ["No longer there:", *map(self.line, self.signals)] if self.signals else []
            come = ["There now:", *map(self.line, self.come)] if self.come else []
            return "\n".join([*gone, *come])
        if self.change == "deleted":
            return "\n".join(["The article was taken down. It had said:", *([] if alone else lines)])
        return "\n".join(lines[1:] if in_title else lines)

    def _lines(self) -> list[str]:
        return list(dict.fromkeys(map(self.line, [*self.signals, *self.come])))

    def evidence(self) -> str:
        """Return up to five quotes; for an edit, of both texts."""
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
        theirs = recipient if detail["direction"] == "out" else sender
        name = detail["to" if detail["direction"] == "out" else "from"] or ""
        if label not in theirs and not people_named(
            name, language_of_text(signal), self.lexicon
        ):  # name the state of a person not in partners.csv
            theirs = f"{theirs} ({label})"
        sender, recipient = (sender, theirs) if detail["direction"] == "out" else (theirs, recipient)
        kind = MESSAGES.get(signal["code"], signal["code"])
        text = f"{sender} → {recipient}: {kind}{on_occasion(signal['code'], detail['occasion'] or '')}"
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
        quote = cut(" ".join(signal["quote"].split()), 120)
        return f"{label}: “{quote}” ({detail['category']}, {signal['value']:+.3g}{denied}), {_VOICES[detail['voice']]}"

    def _contact(self, signal: Signal) -> str:
        detail = signal["detail"]
        who = f", {_ARTICLE.sub(lambda article: article[0].lower(), detail['who'])}" if detail["who"] else ""
        kind = _CONTACTS.get(signal["code"], signal["code"])
        return f"{self.lexicon.label(signal['partner'])}: {kind}{who} ({_RANKS[detail['rank']]})"

    def _appointment(self, signal: Signal) -> str:
        detail = signal["detail"]
        becomes = {"relieved": "relieved as", "elected": "elected"}.get(signal["code"], "appointed")
        if language_of_text(signal) == "en" and becomes == "appointed" and _BODY.match(detail["post"]):
            becomes = "takes over the"
        return f"{self._called(detail['person'], signal)} {becomes} {detail['post']}"

    def _called(self, name: str, signal: Signal) -> str:
        """Return a name as the article has it, after the English one where partners.csv knows the person."""
        lines = {known.line for known in people_named(name, language_of_text(signal), self.lexicon)}
        english = next((n.form for n in self.lexicon.names if n.line in lines and n.lang == "en"), "")
        return f"{english} ({name})" if english and primary_language(language_of_text(signal)) != "en" else name

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


def counted(number: int, thing: str) -> str:
    """Return "1 photo", "2 photos"."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


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
    """Return the evidence in quotation marks, each quote once, of at most 300 characters; a phrase with its context."""
    found = dict.fromkeys(" ".join(_bare(_context(signal, text)).split()) for signal in signals)
    return [f"“{cut(quote, QUOTE_LENGTH - 2)}”" for quote in found if quote]


def _bare(quote: str) -> str:
    """Return a quote without a dateline at its start."""
    return blank(quote, frame(plain(quote)))


def _context(signal: Signal, text: str) -> str:
    """Return the sentence of a phrase, or the part of it around the phrase; other kinds quote sentences already."""
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
    """Return the alert that takes an earlier one back, for those who had it: in the same thread of words."""
    body = f"This was told, and does not hold: {why}.\n\nTold before: {alert.title}\n{alert.body}"
    return replace(alert, change="corrected", title=f"Correction: {alert.title}", body=body, events=())
