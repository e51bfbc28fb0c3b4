"""比价 and 均价: whose sealed quote is the lowest, or nearest to the mean of all (docs/adr/0052)."""
