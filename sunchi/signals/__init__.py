"""Signals: what one text says of North Korea's relations with another state, each with its evidence.

In: articles as a frame (model.ARTICLES) and a Lexicon. Out: rows of model.SIGNALS. One room a kind, grammar/ under all.
"""

from sunchi.signals.attention.detect import attention_table
from sunchi.signals.detectors import CONCLUSIONS, DETECTORS, detect, explain, kinds
from sunchi.signals.faults import Fault

__all__ = ["CONCLUSIONS", "DETECTORS", "Fault", "attention_table", "detect", "explain", "kinds"]
