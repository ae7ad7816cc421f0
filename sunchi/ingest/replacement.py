"""What a text is that a page shows in place of the stored one, and when it is believed; pure.

The crawl gathers what is known of the two texts (`Replacement`), and two tables decide: `WHEN` and `WHAT`. In each, the
first row that holds counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from sunchi.ingest.trust import FIRST_CHANGE, WAITS, Kinship, Wait, kinship, seems_cut
from sunchi.model import IMPORTED, Article
from sunchi.store import RevisionKind

EVERYWHERE = 5
"""The number of places in which no editor does nothing but add."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """What is known of the stored text and of the one that its page shows now."""

    kin: Kinship = "related"
    looks: int = 2  # at the stored text; after a single one either text may be wrong
    # the stored text
    is_of_file: bool = False
    is_doubted: bool = False
    is_uncertain: bool = False  # it is doubted, or was, or came while the site was ill
    is_unheard: bool = False  # it was not certain, and nobody has received an alert of it
    was_edit: bool = False  # it came as a change by the site itself
    was_cut: bool = False  # it looks like the beginning of a text
    thinned: int = 0  # in so many places, and in nothing else, it is the new one with paragraphs, words or marks lost
    was_lost_with_others: bool = False  # it lacked something, and so did many others of the site
    was_restless: bool = False  # its page showed other texts each time after it
    had_foreign: bool = False  # it had lines that have nothing to do with the new one
    had_signals: bool = False  # an alert of it is not borne out by the new one
    is_backlog: bool = False  # it was recorded by the first poll, without alerts
    # the new one
    is_better: bool = False  # easier to believe
    is_worse: bool = False
    is_thinner: bool = False  # it is the stored one with paragraphs, words or marks lost, and nothing else differs
    keeps_paragraphs: bool = False  # it has no paragraph that the stored one lacks, but for a mark at its end
    brings_foreign: bool = False  # it has lines that have nothing to do with the stored one
    drops_own: bool = False  # a paragraph that belonged to the stored one is missing, with none in its place
    is_earlier: bool = False  # the article had this text before
    was_brief: bool = False  # hours after the stored one was believed, the page went back to this one

    @property
    def only_gains(self) -> bool:
        """Whether the new text is the stored one with something added, and nothing changed."""
        return self.kin == "completed" or self.thinned > 0

    @property
    def is_like_fault(self) -> bool:
        """Whether the change is more likely a fault of the site than an edit."""
        return self.brings_foreign or self.drops_own or self.is_thinner

    @property
    def only_loses(self) -> bool:
        """Whether the new text is the stored one without something that belonged to it, and with nothing else."""
        if self.kin == "part" or self.keeps_paragraphs:  # lines of the site that go are no loss
            return self.drops_own
        return self.is_thinner and not self.is_respelled

    @property
    def shows_loss(self) -> bool:
        """Whether one of the two lacks something, and nothing else, that the other has: the new one, as far as that can
        be told."""
        return self.only_loses or self.is_respelled

    @property
    def is_respelled(self) -> bool:
        """Whether the two differ in nothing but marks, spaces or capitals."""
        return self.thinned > 0 and self.is_thinner

    @property
    def may_be_unsettled(self) -> bool:
        """Whether the stored text may not have been the article's, whatever signals it had."""
        return replace(self, had_signals=False).is_unsettled

    @property
    def is_unsettled(self) -> bool:
        """Whether the stored text cannot have been the article's, as far as is known.

        What may also be an edit does not count if something would be hidden by it.
        """
        is_back = self.is_earlier and (self.only_gains or self.was_brief)
        is_back = is_back and not self.was_edit  # and nobody was told that it had gone
        if self.was_lost_with_others or is_back:
            return True
        if self.looks > 1:  # an editor adds in one place, or changes words, too
            return self.thinned > 1 and (self.is_respelled or not self.is_backlog or self.thinned >= EVERYWHERE)
        if self.thinned > 1 or (self.thinned and self.kin != "completed"):  # with whole paragraphs nothing told is lost
            return True
        is_hidden = self.had_signals and (self.is_backlog or not self.was_restless)
        return (self.was_restless or self.had_foreign or self.kin == "part") and not is_hidden


Case = tuple[str, Callable[[Replacement], bool]]

AT_ONCE, DAY = Wait(1, timedelta()), WAITS["unrelated"]

WHEN: dict[Case, Wait] = {
    ("a page's text for a file's", lambda it: it.is_of_file and it.kin in ("related", "completed")): AT_ONCE,
    ("the rest of a text that was cut", lambda it: it.kin == "completed" and it.was_cut): AT_ONCE,
    ("doubted, and this is easier to believe",
     lambda it: it.is_doubted and it.is_better and not it.only_loses): AT_ONCE,
    ("harder to believe", lambda it: it.is_worse): DAY,
    ("in place of an uncertain one", lambda it: it.is_uncertain and not it.only_loses): FIRST_CHANGE,
    ("like a fault", lambda it: it.is_like_fault): DAY,
    ("an old copy", lambda it: it.is_earlier): DAY,
    ("another text after one look", lambda it: it.kin == "unrelated" and it.looks <= 1): FIRST_CHANGE,
    ("another text", lambda it: it.kin == "unrelated"): WAITS["unrelated"],
    ("a part", lambda it: it.kin == "part"): WAITS["part"],
    ("in another order", lambda it: it.kin == "moved"): WAITS["moved"],
    ("other words", lambda it: True): WAITS["related"],
}  # fmt: skip
"""How often, and for how long, the new text must be seen before it replaces the stored one."""

WHAT: dict[Case, RevisionKind] = {
    ("a page's text for a file's", lambda it: it.is_of_file): "mended",
    ("nobody was told of the stored one", lambda it: it.is_unheard): "settled",
    ("another text, back again", lambda it: it.kin == "unrelated" and it.is_earlier): "flicker",
    ("another text after one look", lambda it: it.kin == "unrelated" and it.looks <= 1): "settled",
    ("another text", lambda it: it.kin == "unrelated"): "replaced",
    ("the stored one was never settled", lambda it: it.is_unsettled): "completed",
    ("more after one look", lambda it: it.kin == "completed" and it.looks <= 1): "completed",
    ("the rest of a text that was cut", lambda it: it.kin == "completed" and it.was_cut): "completed",
    ("other words", lambda it: True): "edit",
}
"""What the new text is."""


def wait_for(it: Replacement) -> Wait:
    """Return how often and how long the new text must be seen."""
    return next(wait for (_, holds), wait in WHEN.items() if holds(it))


def kind_of(it: Replacement) -> RevisionKind:
    """Return what the new text is."""
    return next(kind for (_, holds), kind in WHAT.items() if holds(it))


def kind_by_texts(before: Article, after: Article, looks: int = 2) -> RevisionKind:
    """Return what a text is that replaces another one, as far as the two show."""
    is_of_file = before.layout == IMPORTED
    return kind_of(Replacement(kinship(before, after), looks, is_of_file, was_cut=seems_cut(before)))
