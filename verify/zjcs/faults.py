"""What a verifier may say: a fault (the evidence is wrong) or an undecided point (it could not be
checked here).
"""

from __future__ import annotations

from typing import Any


class Fault(Exception):
    """The evidence breaks a rule.

    `code` is stable (tests and translations use it), `rule` is the number of section 2.8 or None
    for plain log arithmetic, `where` says where it was seen (usually "leaf 12"), `facts` are the
    values that disagree.
    """

    def __init__(
        self, code: str, *, rule: int | None = None, where: str = "", **facts: Any
    ) -> None:
        self.code = code
        self.rule = rule
        self.where = where
        self.facts = facts
        super().__init__(code)

    def at(self, where: str, rule: int | None = None) -> Fault:
        """The same fault, told where it was seen and by which rule it is refused, unless it knows
        already.
        """
        self.where = self.where or where
        self.rule = self.rule if self.rule is not None else rule
        return self

    def __str__(self) -> str:
        facts = ", ".join(f"{key}={value}" for key, value in self.facts.items())
        rule = f"rule {self.rule}: " if self.rule is not None else ""
        where = f" at {self.where}" if self.where else ""
        return f"{rule}{self.code}{where}" + (f" ({facts})" if facts else "")


class Undecided(Fault):
    """A point that this machine cannot check, for instance a drand signature without a BLS library."""
