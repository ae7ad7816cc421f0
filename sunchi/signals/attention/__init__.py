"""Attention: which states a text names, in what order and at what length, and which of them it is about.

In: a Document and the rows found in it. Out: rows of kind `attention`.
"""
