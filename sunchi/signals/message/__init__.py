"""Messages: who wrote to whom, of what kind, on what occasion, at what length."""
