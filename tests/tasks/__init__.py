"""Who has what to do."""
