"""The pool of experts who judge what public money buys (评审专家库): how one comes in, what is public of it,
who of it may judge a notice (ADR 0067).
"""
