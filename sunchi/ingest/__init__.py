"""One article's walk: list -> links -> pages -> archive -> article -> signals and alerts -> store.

In: a source, a client and a store. Out: what was new, changed or gone, kept and counted. Start at crawl.py.
"""
