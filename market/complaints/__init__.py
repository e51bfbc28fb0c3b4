"""Complaints (投诉): filing, acceptance, investigation, decision, remedy and closing; and tips (举报线索), which have no clock."""
