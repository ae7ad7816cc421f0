"""The charts of the report, drawn by Altair as SVG that is part of the page; no script, no network; pure.

A chart takes its colours from the page, so it is dark on a dark page and black on paper. Each has a description in
words for screen readers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import altair as alt
import polars as pl
import vl_convert
from markupsafe import Markup

from sunchi.reports.attention import Course
from sunchi.reports.periods import Span
from sunchi.reports.phrases import PartnerPhrases

WIDTH = 440
"""The size of a chart's plot, in its own units: two fit side by side on a desktop, one on a phone."""

_LABELS = 120
"""The width of the names of families, in the same units."""

_WORDS_HIGH, _TONE_HIGH, _LINE_HIGH = 56, 72, 19
_INK, _SOFT, _LINE = "var(--ink)", "var(--soft)", "var(--line)"
_BAR, _FRIENDLY, _HOSTILE = "var(--bar)", "var(--friendly)", "var(--hostile)"
_FEW_DAYS, _YEAR = 184, 366  # up to which the time axis names days, and months without the year
_TICKS = 5
_STRONG = 2  # the end of the scale of stances
_FAINT = 0.5  # the opacity of a shade

_CONFIG: dict[str, Any] = {
    "aria": False,  # one description for the whole chart
    "background": None,
    "font": "system-ui, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "domainColor": _LINE, "gridColor": _LINE, "tickColor": _LINE, "labelColor": _SOFT, "titleColor": _SOFT,
        "labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal", "labelLimit": 130,
    },
}  # fmt: skip


Breaks = Sequence[tuple[date, date]]
"""The first and last days of the times of which the archive has no article."""


def course(of: Course, label: str, span: Span, highest: int, breaks: Breaks = ()) -> Markup:
    """Draw the words and the tone of one partner, one above the other; `highest` is the end of the scale of words."""
    frame = pl.DataFrame(
        {
            "first": [step.first for step in of.steps],
            "end": [step.end for step in of.steps],
            "words": [step.words for step in of.steps],
            "tone": [step.tone for step in of.steps],
        },
        schema={"first": pl.Date, "end": pl.Date, "words": pl.Int64, "tone": pl.Float64},
    )
    base = alt.Chart(frame)
    words = base.mark_bar(color=_BAR).encode(
        x=_time(span, "first", labels=False),
        x2="end",
        y2=alt.datum(0),
        y=alt.Y("words:Q", title="words", scale=alt.Scale(domain=[0, max(highest, 1)], nice=False), axis=_few(2)),
    )
    tone = alt.Y(
        "tone:Q",
        title="tone",
        scale=alt.Scale(domain=[-_STRONG, _STRONG]),
        axis=alt.Axis(values=[-2, 0, 2], format="+d"),
    )
    judged = base.transform_filter("isValid(datum.tone)")
    bars = judged.mark_bar().encode(
        x=_time(span, "first"),
        x2="end",
        y=tone,
        y2=alt.datum(0),
        color=alt.condition("datum.tone < 0", alt.value(_HOSTILE), alt.value(_FRIENDLY)),
    )
    calm = judged.transform_filter("abs(datum.tone) < 0.05").mark_tick(color=_SOFT, thickness=2, orient="horizontal")
    neutral = calm.encode(x=_time(span, "first"), y=tone)
    zero = alt.Chart().mark_rule(color=_SOFT).encode(y=alt.datum(0))
    chart = alt.vconcat(
        alt.layer(*_shades(span, breaks, labels=False), words).properties(width=WIDTH, height=_WORDS_HIGH),
        alt.layer(*_shades(span, breaks), bars, neutral, zero).properties(width=WIDTH, height=_TONE_HIGH),
        spacing=6,
    )
    return _drawn(chart, _course_in_words(of, label, span) + _breaks_in_words(breaks))


def phrases(of: PartnerPhrases, label: str, span: Span, breaks: Breaks = ()) -> Markup:
    """Draw when each family of set phrases was used about one partner, from first to last use."""
    names = [family.words for family in of.used]
    uses = pl.DataFrame(
        [(family.words, day, family.value < 0) for family in of.used for day in sorted(family.uses)],
        schema={"family": pl.String, "day": pl.Date, "hostile": pl.Boolean},
        orient="row",
    )
    ends = uses.group_by("family", "hostile", maintain_order=True).agg(
        pl.col("day").min().alias("first"), pl.col("day").max().alias("last")
    )
    new = ends.filter(pl.col("family").is_in([family.words for family in of.used if family.is_new]))
    axis = alt.Axis(domain=False, ticks=False, labelColor=_INK, minExtent=_LABELS, maxExtent=_LABELS)
    row = alt.Y("family:N", sort=names, title=None, axis=axis)
    color = alt.condition("datum.hostile", alt.value(_HOSTILE), alt.value(_FRIENDLY))
    lines = alt.Chart(ends).mark_rule(strokeWidth=1).encode(x=_time(span, "first"), x2="last", y=row, color=color)
    ticks = alt.Chart(uses).mark_tick(thickness=2, height=11).encode(x=_time(span, "day"), y=row, color=color)
    begins = (
        alt.Chart(new)
        .mark_point(shape="circle", size=45, filled=True, opacity=1)
        .encode(x=_time(span, "first"), y=row, color=color)
    )
    chart = alt.layer(*_shades(span, breaks), lines, ticks, begins)
    chart = chart.properties(width=WIDTH - _LABELS + 40, height=_LINE_HIGH * len(names))
    return _drawn(chart, _phrases_in_words(of, label) + _breaks_in_words(breaks))


def _shades(span: Span, breaks: Breaks, *, labels: bool = True) -> list[alt.Chart]:
    """Return the shade behind the days of which the archive has no article, if there are any."""
    if not breaks:
        return []
    days = [(first, last + timedelta(days=1)) for first, last in breaks]
    frame = pl.DataFrame(days, schema={"from": pl.Date, "to": pl.Date}, orient="row")
    return [
        alt.Chart(frame).mark_rect(color=_LINE, opacity=_FAINT).encode(x=_time(span, "from", labels=labels), x2="to")
    ]


def _time(span: Span, column: str, *, labels: bool = True) -> alt.X:
    """Return the time axis, the same in all charts of a report."""
    days = (span.end - span.since).days
    pattern = "%-d %b" if days <= _FEW_DAYS else "%b" if days <= _YEAR else "%b %Y"
    ends = [_moment(day) for day in (span.since, span.end)]
    ticks = [_moment(day) for day in marked_days(span)]
    axis = alt.Axis(format=pattern, labels=labels, ticks=labels, grid=False, values=ticks, labelFlush=False)
    return alt.X(f"{column}:T", title=None, scale=alt.Scale(domain=ends), axis=axis)


def marked_days(span: Span) -> list[date]:
    """Return the days that the time axis names: at most five; for a long time, the first days of months."""
    days = (span.end - span.since).days
    if days <= _FEW_DAYS:
        return [span.since + timedelta(days=n) for n in range(0, days, -(-days // _TICKS))]
    first = span.since.year * 12 + span.since.month - (span.since.day == 1)
    last = span.until.year * 12 + span.until.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(first, last + 1, max(1, -(-(last - first + 1) // _TICKS)))]


def _moment(day: date) -> alt.DateTime:
    return alt.DateTime(year=day.year, month=day.month, date=day.day)


def _few(ticks: int) -> alt.Axis:
    return alt.Axis(tickCount=ticks, format=",d", grid=True)


def _drawn(chart: alt.TopLevelMixin, words: str) -> Markup:
    """Return a chart as SVG with its description."""
    svg = vl_convert.vegalite_to_svg(chart.to_dict() | {"config": _CONFIG})
    head, body = svg.split(">", 1)
    box = re.search(r'viewBox="([\d. -]+)"', head)
    size = box[1] if box else f"0 0 {WIDTH} {WIDTH}"
    return Markup('<svg viewBox="{}" role="img" aria-label="{}">').format(size, words) + Markup(body)  # noqa: S704


# --- in words -------------------------------------------------------------------------------------------------------


def _course_in_words(of: Course, label: str, span: Span) -> str:
    said = [f"{label}: {of.words:,} words in {of.articles:,} articles, by {span.unit}"]
    if of.steps:
        most = max(of.steps, key=lambda step: step.words)
        said.append(f"most in the {span.unit} from {most.first}: {most.words:,}")
    judged = [(step.tone, step.first) for step in of.steps if step.tone is not None]
    if judged and of.tone is not None:
        (low, low_day), (high, high_day) = min(judged), max(judged)
        said.append(f"tone {of.tone:+.1f} in the mean, from {low:+.1f} ({low_day}) to {high:+.1f} ({high_day})")
    else:
        said.append("no tone: no article is about it")
    return "; ".join(said)


def _breaks_in_words(breaks: Breaks) -> str:
    return "".join(f"; the archive has no article from {first} to {last}" for first, last in breaks)


def _phrases_in_words(of: PartnerPhrases, label: str) -> str:
    said = [
        f"{family.words} {family.number} times, {min(family.uses)} to {max(family.uses)}"
        + (", first in the archive" if family.is_new else "")
        for family in of.used
    ]
    return f"Set phrases of {label}: " + "; ".join(said)
