"""Results (中选): the order, the announcement, holding, annulling, who follows."""
