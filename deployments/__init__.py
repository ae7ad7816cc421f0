"""Sunchi in production: schedules, containers, workers."""
