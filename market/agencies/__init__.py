"""Agencies (中介服务机构): who they are, their lines and qualifications, whether they may enter."""
