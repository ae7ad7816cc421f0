"""Raw pages, stored before they are parsed.

In: a Page as received. Out: its Location in a WARC file, and the same Page again from there.
"""
