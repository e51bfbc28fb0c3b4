"""直接选取: the owner chooses from a list that follows from the log, the agency accepts (ADR 0044)."""
