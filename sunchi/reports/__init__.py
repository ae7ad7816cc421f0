"""What a person reads: the HTML report, and one article explained.

In: what the store holds, or an article with its signals. Out: pages and marked text. Pure.
"""
