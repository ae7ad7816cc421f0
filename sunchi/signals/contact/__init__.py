"""Contacts: who met, visited, received, called on or signed with whom."""
