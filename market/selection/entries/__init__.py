"""Entries (报名): sealed quotes, withdrawing, the sealed list."""
