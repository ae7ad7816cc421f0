"""Alerts: from signals to people.

In: the signals of an article and the analyst's rules. Out: alerts in words, grouped by event, delivered to recipients.
"""
