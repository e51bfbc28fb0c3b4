"""竞价: entrants bid against one another under pseudonyms, live or in rounds (ADR 0062)."""
