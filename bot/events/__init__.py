"""Assessments and known events: which event a report is about, and what it changes about it."""
