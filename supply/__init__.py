"""Sunchi's dependencies: licences, vulnerabilities, the bill of materials."""
