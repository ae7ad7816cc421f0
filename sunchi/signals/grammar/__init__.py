"""Grammar that all kinds of signal share, by language.

In: a Document and a place in it. Out: who acts there, on whom, who speaks, and when.
"""
