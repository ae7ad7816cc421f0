"""The crawl: list -> links -> pages -> archive -> articles -> signals and alerts -> store.

In: a source, a client and a store. Out: articles that are new, changed or gone, stored and counted. Start at crawl.py.
"""
