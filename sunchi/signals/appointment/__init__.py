"""Appointments: who came into which post, or out of it.

In: a Document. Out: rows of kind `appointment`. detect.py joins what the languages find.
"""
