"""Messages: who wrote to whom, of what kind, on what occasion, at what length.

In: a Document. Out: rows of kind `message`. detect.py joins what the languages find.
"""
