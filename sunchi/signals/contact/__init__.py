"""Contacts: who met, visited, received, called on or signed with whom.

In: a Document. Out: rows of kind `contact`. detect.py joins what the languages find.
"""
