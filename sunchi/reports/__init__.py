"""What a person reads: the HTML report, and one article explained.

In: what the store holds, or articles of files, with their past. Out: pages, charts and marked text. Pure.
"""
