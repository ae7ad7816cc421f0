"""A polite HTTP client: one client per edition of a site.

In: a Request and the source's Politeness. Out: a Page (bytes, headers, time), or a FetchError that names what failed.
"""
