"""Verification of draws and of the public log: a folder that can be copied away and run alone."""
