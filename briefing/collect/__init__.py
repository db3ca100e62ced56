"""Collecting: feeds and pages from the web to entries and articles."""
