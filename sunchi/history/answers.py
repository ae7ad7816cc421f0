"""Answers: whether a message may be the reply to another, and after how many days it came; pure."""

from __future__ import annotations

from datetime import timedelta

from sunchi.history.baseline import MessageHistory
from sunchi.history.items import Item

REPLIED = timedelta(days=45)
"""The time within which a message in the other direction may be a reply."""


def reply_after(item: Item, history: MessageHistory) -> int | None:
    """Return how many days after the message that it answers a reply came; None if no such message is known."""
    if item.message_class != "reply":
        return None
    answered = [each for each in history.before_day(item.date) if may_answer(item, each)]
    return (item.date - answered[-1].date).days if answered else None


def may_answer(reply: Item, message: Item) -> bool:
    """Return whether a reply may answer a message: sides swapped, at most 45 days later, no other occasion."""
    return (
        message.edition == reply.edition
        and message.partner == reply.partner
        and message.direction != reply.direction
        and message.message_class not in ("reply", "tribute")
        and timedelta(0) <= reply.date - message.date <= REPLIED
        and _may_be((message.from_id, message.sender), (reply.to_id, reply.recipient))
        and _may_be((message.to_id, message.recipient), (reply.from_id, reply.sender))
        and _is_answered(message.occasion_id, reply.occasion_id)
    )


def _is_answered(occasion: str, of_reply: str) -> bool:
    """Return whether a reply may answer a message on an occasion; one that names no occasion may answer any."""
    return not of_reply or occasion == of_reply


def _may_be(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Return whether two parties, each by its id and its name, may be the same.

    Somebody who is named, but whom the lexicon does not know, is none of those whom it knows. In the same words two
    parties are the same: an office may have got a new holder in between.
    """
    (id, name), (other_id, other_name) = one, other
    if name and name == other_name:
        return True
    if id and other_id:
        return id == other_id
    return not (name if other_id else other_name if id else "")
