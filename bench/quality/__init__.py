"""Measures how well Sunchi reads unseen articles: drawn at random, labelled by readers, scored. See docs/quality.md."""
