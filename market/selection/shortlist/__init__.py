"""信用择优: a lottery by credit gives a shortlist, and the owner chooses within it (ADR 0061)."""
