"""Oversight (监管): what regulators, inspection and the managing authority read, and what they say of it."""
