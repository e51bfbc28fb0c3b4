"""What a table of open data is made of: columns, their sorts, those that every table has. Pure."""

import dataclasses
import enum


class Sort(enum.StrEnum):
    """What a column holds."""

    TEXT = "text"
    WHOLE = "whole"
    FEN = "fen"
    INSTANT = "instant"
    DATE = "date"
    FLAG = "flag"


@dataclasses.dataclass(frozen=True)
class Column:
    """One column: its name in files and API, what people call it, what it holds."""

    name: str
    title: str
    sort: Sort = Sort.TEXT


@dataclasses.dataclass(frozen=True)
class Table:
    """One table: its name, what people call it, the columns of its key, all columns."""

    name: str
    title: str
    key: tuple[str, ...]
    own: tuple[Column, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its own columns, and behind them those of every table."""
        return (*self.own, *COMMON)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def N_(text: str) -> str:  # noqa: N802 - the customary name of the marker that extraction looks for
    """Mark a text for translation where it is a constant."""
    return text


def text(name: str, title: str) -> Column:
    return Column(name, title)


def whole(name: str, title: str) -> Column:
    return Column(name, title, Sort.WHOLE)


def fen(name: str, title: str) -> Column:
    return Column(name, title, Sort.FEN)


def instant(name: str, title: str) -> Column:
    return Column(name, title, Sort.INSTANT)


def date(name: str, title: str) -> Column:
    return Column(name, title, Sort.DATE)


def flag(name: str, title: str) -> Column:
    return Column(name, title, Sort.FLAG)


COMMON = (
    text("jurisdiction", N_("行政区划代码")),
    whole("log_index", N_("公开日志序号（这一行因它而公开）")),
    instant("updated_at", N_("日志最近一次提到它的时间")),
)
