"""Raw pages, kept before anything is read from them.

In: a Page as it came. Out: its Location in a WARC file, and the same Page again from there.
"""
