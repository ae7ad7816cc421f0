"""What changed, and what is missing: the past of each series of messages, and findings against it.

In: signals and articles as frames (model.SIGNALS, model.ARTICLES), and a Lexicon. Out: series, findings, what is due.
Pure, and blind to the future: what is found of a day rests on that day and on those before it.
"""
