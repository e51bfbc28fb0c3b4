"""Notices (选取公告): draft, signature, review, publication, amendment, the next listing."""
