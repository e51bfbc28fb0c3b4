"""Accounts (账户): people, organisations, memberships with duties, sign-in and its sessions."""
