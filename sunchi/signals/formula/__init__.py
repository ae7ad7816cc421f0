"""Formulas: the lexicon's set phrases of friendship and enmity.

In: a Document. Out: rows of kind `formula`, each with the state it is said of and the voice that says it.
"""
