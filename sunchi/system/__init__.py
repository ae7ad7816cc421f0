"""What the operating system is asked for: worker processes, files written whole or not at all, children that end.

Nothing in here knows what Sunchi is about.
"""
