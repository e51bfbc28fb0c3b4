"""综合评分: people judge blind proposals, quotes open when they are done, arithmetic ranks (ADR 0055)."""
