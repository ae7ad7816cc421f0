"""How well Sunchi reads what it never read: articles drawn at random, labelled by hand, scored. See docs/quality.md."""
