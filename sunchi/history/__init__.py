"""What changed and what is missing: series of messages, their past, and findings.

In: signals and articles as frames (model.SIGNALS, model.ARTICLES), and a Lexicon. Out: series, findings, what is due.
Pure. The findings of a day depend only on that day and the days before it.
"""
