"""The operating system: worker processes, atomic and private files, child processes, a guard for a web application.

Nothing in here knows what Sunchi is about.
"""
