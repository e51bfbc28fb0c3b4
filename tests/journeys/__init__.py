"""Whole matters in a real browser: from a person's first page to the verified letter."""
