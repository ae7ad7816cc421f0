"""Reports for people: the HTML report, and one article explained.

In: the content of the store, or articles from files, with their past. Out: pages, charts and marked text. Pure.
"""
