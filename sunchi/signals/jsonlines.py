"""Signals as JSON lines: what `sunchi detect` writes."""

from __future__ import annotations

import polars as pl

from sunchi.text.safe import escape_json

# fields of an object as polars writes it; in a text the quotation marks would be escaped
_EMPTY = r'(?:"[a-z_]+":null,?)+'


def signal_lines(frame: pl.DataFrame) -> str:
    """Signals (model.SIGNALS) as JSON lines; what a kind does not fill of `detail` is left out."""
    # polars writes a line in a tenth of the time that it takes to make a dictionary of it
    columns = pl.struct(pl.exclude("detail")).struct.json_encode().str.strip_suffix("}")
    detail = pl.col("detail").struct.json_encode().str.strip_suffix("}")
    filled = detail.str.replace_all(_EMPTY, "").str.strip_suffix(",")
    lines = frame.select(pl.concat_str(columns, pl.lit(',"detail":'), filled, pl.lit("}}\n"))).to_series()
    return "".join(map(escape_json, lines.to_list()))
