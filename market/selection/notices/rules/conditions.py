"""Words that make a condition which no notice may set: region, past performance, capital,
head-count, brand, the age of a firm, its ownership, standing staff.

Seed 003: 禁止项目业主在中介服务选取时设置地域、业绩等方面限制. A scan finds wording, not intent: a
finding can be met with a public reason that a reviewer decides on. Patterns ask for a demanding
word beside the thing itself, so that a text which only mentions a place, a project or a team is
left alone.

The words are data, `conditions.json` beside this file, with the law that forbids them. Compared is
a plain copy of the text, without what only dresses it; shown are the words as they were typed. Pure.
"""

import dataclasses
import enum
import functools
import json
import pathlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from market.kernel import visible


class Condition(enum.StrEnum):
    """What kind of condition the words set."""

    REGION = "region"
    PERFORMANCE = "performance"
    CAPITAL = "capital"
    HEADCOUNT = "headcount"
    BRAND = "brand"
    AGE = "age"
    OWNERSHIP = "ownership"
    STANDING = "standing"


@dataclasses.dataclass(frozen=True)
class Finding:
    """Words found: in which field, in which of its paragraphs (from 1), which words, setting which
    condition.
    """

    field: str
    paragraph: int
    words: str
    condition: Condition


@dataclasses.dataclass(frozen=True)
class Plain:
    """A text as it is compared, and for each of its signs where it stands in what was typed."""

    signs: str
    at: tuple[int, ...]

    def part(self, start: int, end: int) -> "Plain":
        return Plain(self.signs[start:end], self.at[start:end])


LEXICON = json.loads(pathlib.Path(__file__).with_name("conditions.json").read_text("utf-8"))
SHIPPED: tuple[str, ...] = tuple(LEXICON["places"])
"""The place of the shipped catalogue; an installation elsewhere gives the names of its own."""
SAME = str.maketrans(LEXICON["same"][::2], LEXICON["same"][1::2])
"""Radicals that a PDF writes for signs, and traditional signs, of the lexicon's words."""
PART = re.compile(r"<([A-Z_]+)>")
LEVEL = re.compile(
    r"(?<=..)(?:特别行政区|(?:维吾尔|壮族|回族)?自治区|自治州|自治县|地区|省|市|县|区|旗|盟)$"
)
DRESSING = set("·•*_~^`'\"“”‘’「」『』〝〞|\\")
# Brackets, dots and dashes inside a run of ideographs; behind a numeral they number a point.
INSIDE = re.compile(
    r"(?<=[一-鿿])(?<![一二三四五六七八九十])[()\[\]【】〔〕.\-/—–‐‑―−…&+#]+(?=[一-鿿])"
)
LINE_ENDS = set("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
SENTENCE_END = re.compile(r"[。;!?]")
# A line that begins a new point of a list, or has its own label, does not go on the one before.
POINT = re.compile(r"[0-9]+[.、)]|[一二三四五六七八九十]+[、.)]|\(|第.{1,3}[条章项]|.{1,8}:")
DISCLAIMED = re.compile(LEXICON["disclaimed"].replace("<NEAR>", LEXICON["parts"]["NEAR"]))


def scan(texts: Mapping[str, str], places: Sequence[str] = SHIPPED) -> list[Finding]:
    """Every finding in the texts (field name -> text), field by field, one a sentence and condition
    at most. `places` are the names of this place and of those that it lies in, such as 江西省.
    """
    patterns = compiled(tuple(places))
    return [
        Finding(field, _paragraph(text, found.at[0]), _typed(text, found), condition)
        for field, text in texts.items()
        for sentence in _sentences(plain(text))
        for condition, found in _in_sentence(sentence, patterns)
    ]


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, as they are numbered on the page: its lines that are not empty."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@functools.cache
def compiled(places: tuple[str, ...]) -> tuple[tuple[Condition, re.Pattern[str]], ...]:
    """The patterns for a place of these names."""
    parts = {**LEXICON["parts"], "NAMED": _named(places)}

    def whole(pattern: str) -> str:
        while PART.search(pattern):
            pattern = PART.sub(lambda found: parts[found[1]], pattern)
        return pattern

    return tuple(
        (Condition(condition), re.compile(whole(pattern)))
        for condition, pattern in LEXICON["patterns"]
    )


def _named(places: tuple[str, ...]) -> str:
    """A place by its name, with and without what it is (瑞昌市, 瑞昌); a province by its one sign too
    where no other name can be meant (在赣注册, 赣企业, but not 赣州).
    """
    ways = []
    for name in places:
        stem = LEVEL.sub("", name)
        ways.append(
            re.escape(stem) + (f"(?:{re.escape(name[len(stem) :])})?" if stem != name else "")
        )
        if short := LEXICON["short_names"].get(name):
            ways.append(rf"(?<=[在于入进驻])(?:{short})(?![州江南])")
            ways.append(rf"(?:{short})(?=籍|企业|机构|公司|单位|办)")
    return f"(?:{'|'.join(ways)})" if ways else r"(?!)"


def plain(text: str) -> Plain:
    """A text without what only dresses it: width, blanks, signs that cannot be seen, quotation
    marks, radicals and traditional signs instead of the usual ones. Line ends stay, as one sign.
    """
    signs: list[str] = []
    at: list[int] = []
    for place, typed in enumerate(text):
        if typed in LINE_ENDS:
            written = "\n" if signs and signs[-1] != "\n" else ""
        else:
            usual = unicodedata.normalize("NFKC", typed).translate(SAME).casefold()
            written = "".join(sign for sign in visible.compared(usual) if not _dresses(sign))
        signs.extend(written)
        at.extend([place] * len(written))
    return _undressed(Plain("".join(signs), tuple(at)))


def _undressed(whole: Plain) -> Plain:
    """Without the signs that part ideographs and mean nothing: 本地（企业）优先, 本-地企业."""
    dropped = {place for found in INSIDE.finditer(whole.signs) for place in range(*found.span())}
    if not dropped:
        return whole
    kept = [place for place in range(len(whole.signs)) if place not in dropped]
    return Plain(
        "".join(whole.signs[place] for place in kept), tuple(whole.at[place] for place in kept)
    )


def _dresses(sign: str) -> bool:
    return sign.isspace() or sign in DRESSING or not visible.shows(sign)


def _sentences(whole: Plain) -> Iterator[Plain]:
    start = 0
    for end in (*(found.start() for found in SENTENCE_END.finditer(whole.signs)), len(whole.signs)):
        yield whole.part(start, end)
        start = end + 1


def _in_sentence(
    sentence: Plain, patterns: Sequence[tuple[Condition, re.Pattern[str]]]
) -> Iterator[tuple[Condition, Plain]]:
    """What each line of a sentence says by itself, and then what goes on over the end of a line."""
    lines = []
    start = 0
    for found in (*re.finditer("\n", sentence.signs), None):
        end = found.start() if found else len(sentence.signs)
        lines.append(sentence.part(start, end))
        start = end + 1

    told: set[Condition] = set()
    for line in lines:
        seen: set[Condition] = set()
        for condition, pattern in patterns:
            words = pattern.search(line.signs)
            if words and condition not in seen and not _takes_back(line, words):
                seen.add(condition)
                yield condition, line.part(*words.span())
        told |= seen

    for part, ends in _going_on(lines):
        for condition, pattern in patterns:
            for words in pattern.finditer(part.signs):
                crosses = any(words.start() < end < words.end() for end in ends)
                if crosses and condition not in told and not _takes_back(part, words):
                    told.add(condition)
                    yield condition, part.part(*words.span())


def _takes_back(part: Plain, words: re.Match[str]) -> bool:
    # two signs further: in 无需提供业绩 the demand begins inside the word that takes it back
    return DISCLAIMED.search(part.signs[: words.start() + 2]) is not None


def _going_on(lines: Sequence[Plain]) -> Iterator[tuple[Plain, list[int]]]:
    """Lines that were broken inside a sentence, as one, with the places where they were broken."""
    part = Plain("", ())
    ends: list[int] = []
    for line in lines:
        if part.signs and POINT.match(line.signs):
            yield part, ends
            part = Plain("", ())
            ends = []
        elif part.signs:
            ends.append(len(part.signs))
        part = Plain(part.signs + line.signs, part.at + line.at)
    yield part, ends


def _typed(text: str, found: Plain) -> str:
    return text[found.at[0] : found.at[-1] + 1]


def _paragraph(text: str, place: int) -> int:
    return len(paragraphs(text[: place + 1]))
