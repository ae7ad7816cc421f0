"""Appointments: who came into which post, or out of it."""
