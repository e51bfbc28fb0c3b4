"""Speed: our hot work against its floor, both measured in one run. `make bench` prints the table."""
