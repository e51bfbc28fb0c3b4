"""Sources (见证源): chains of values, the plan of a draw, values, losses, the lottery."""
