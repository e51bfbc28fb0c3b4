"""How well it is known who complains, and what begins the public hold (ADR 0035). Pure."""

import enum


class Known(enum.StrEnum):
    """Who says who the complainant is."""

    BY_STAFF = "by_staff"  # on paper, at the counter, by telephone: who registered it took it in
    BY_ORGANISATION = "by_organisation"  # a member acts for an agency or owner that is enrolled
    CHECKED = "checked"
    CLAIMED = "claimed"
    REFUSED = "refused"  # the check was made and the claim not confirmed

    @property
    def is_enough(self) -> bool:
        """Whether the award is held in public for him."""
        return self not in (Known.CLAIMED, Known.REFUSED)


class HoldCause(enum.StrEnum):
    """What began a public hold later than the filing."""

    CHECKED = "checked"
    OVERDUE = "overdue"  # the office did not check in time, which is its fault
    ACCEPTED = "accepted"
