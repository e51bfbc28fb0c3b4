"""The open API (接口): thin twins of the tables of open data, one address a table, for programs."""
