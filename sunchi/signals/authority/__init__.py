"""Authority: how high the voice of an article stands, from the leader in person down to a plain report.

In: a Document and the rows found in it. Out: one row of kind `authority`.
"""
