"""Complaints (投诉), from filing to closing, and tips (举报线索), which have no clock."""
