"""Measures how well Sunchi reads unseen articles: drawn at random, labelled by hand, scored. See docs/quality.md."""
