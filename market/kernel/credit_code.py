"""The unified social credit code (统一社会信用代码), 18 signs, as GB 32100-2015 forms it.

Sign 1 is the registering department (a letter for some: A, N, Y), sign 2 the class of the body,
signs 3 to 8 the division code (digits), signs 9 to 17 the organisation code, sign 18 the check
sign. What is compared, checked and kept is always the compact form.
"""

from market.kernel.visible import bare

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


class BadCode(ValueError):
    """Not a credit code; `why` is one of `length`, `signs`, `check`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def compact(typed: str) -> str:
    """What was typed in plain upper-case signs, without dashes, blanks and what cannot be seen."""
    return bare(typed)


def checked(typed: str) -> str:
    """The compact form of a valid code. Raises BadCode."""
    code = compact(typed)
    if len(code) != LENGTH:
        raise BadCode("length")

    division = code[2:8]
    if not set(code) <= set(ALPHABET) or not division.isdecimal():
        raise BadCode("signs")

    # No department has the sign 0, and the check sign of eighteen zeros would be right.
    if code[0] == "0" or code[-1] != check_sign(code[:-1]):
        raise BadCode("check")
    return code


def check_sign(stem: str) -> str:
    """The last sign for the first seventeen: 31 less the weighted sum modulo 31 (GB 32100, 4.6)."""
    total = sum(weight * ALPHABET.index(sign) for weight, sign in zip(WEIGHTS, stem, strict=True))
    return ALPHABET[-total % 31]
