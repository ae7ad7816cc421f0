"""Raw pages, stored before they are parsed.

In: a Page as it came. Out: its Location in a WARC file, and the same Page again from there.
"""
