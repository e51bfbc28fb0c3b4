"""Owner and agency evaluate each other."""
