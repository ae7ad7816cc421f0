"""How Sunchi runs for good: schedules, containers, workers."""
