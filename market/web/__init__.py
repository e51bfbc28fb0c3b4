"""Flask plumbing with no domain in it: who asks, refusals as pages, headers, fields, filters,
paging.
"""
