"""Stance: how Pyongyang stands, by this article, to each state that the article is about.

In: a Document and the rows found in it. Out: rows of kind `stance`, with what each rests on.
"""
