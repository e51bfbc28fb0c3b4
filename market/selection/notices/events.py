"""What happens to a notice, as the log says it to people."""

import dataclasses
import datetime as dt

from market.kernel.events import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class NoticeSubmitted(Event):
    """`subject` is the owner's number; the notice has none before it is published."""

    kind = "notice.submitted"
    notice_id: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class NoticeReturned(Event):
    """Sent back once, with every reason at once; the reasons are for the owner."""

    kind = "notice.returned"
    notice_id: int
    reasons: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class NoticeRefused(Event):
    kind = "notice.refused"
    notice_id: int
    channel: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class NoticeOpened(Event):
    """A notice is public and open for entries: what its publication means to people. Of one that buys
    several items `joined` says whether an agency must be fit for all of them or any.
    """

    kind = "notice.opened"
    item: str
    category: str
    fund: str
    method: str
    owner: str  # the number of its registration, YZ-...
    ceiling_fen: int
    entry_close: dt.datetime
    draw_at: dt.datetime
    rulebook: int
    overridden: bool
    further: list[str] | None = None  # codes of items bought together with the first
    joined: str | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class ChoiceOpened(Event):
    """A notice is public whose owner chooses: nobody enters it."""

    kind = "choice.opened"
    item: str
    category: str
    fund: str
    method: str
    owner: str  # the number of its registration, YZ-...
    ceiling_fen: int
    choose_by: dt.datetime
    rulebook: int
    overridden: bool
    further: list[str] | None = None  # codes of items bought together with the first
    joined: str | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class NoticeCancelled(Event):
    kind = "notice.cancelled"


@dataclasses.dataclass(frozen=True, kw_only=True)
class SelectionFailed(Event):
    """选取失败(流选): with its reason, for everybody."""

    kind = "selection.failed"
    reason: str
    received: int
    listed: int
    least: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class NoticeRelisted(Event):
    """A new listing has taken this one's place."""

    kind = "notice.relisted"
    successor: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class TextsScreened(Event):
    """Texts and attachments of a notice were found fit to be public (保密审查) before they became so;
    `side` is owner or office, `screened` the instant, `covers` the digest of what was looked at.
    """

    kind = "screening.passed"
    side: str
    screened: dt.datetime
    covers: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class AttachmentPublished(Event):
    """A file of a notice is public; its bytes are fixed by their digest."""

    kind = "attachment.published"
    sha256: str
    size: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class AttachmentAccused(Event):
    """One person has asked that a public file be withdrawn; another decides."""

    kind = "attachment.accused"
    sha256: str
    reason: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class AttachmentKept(Event):
    """The other person has found that the file stays."""

    kind = "attachment.kept"
    sha256: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class AttachmentWithdrawn(Event):
    """Two persons have withdrawn a public file: its bytes are gone, its digest stays."""

    kind = "attachment.withdrawn"
    sha256: str
    reason: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class AttachmentSuperseded(Event):
    """An amended text is without a file; it can be read on, beside what took its place."""

    kind = "attachment.superseded"
    sha256: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class QuestionAsked(Event):
    """Somebody who may enter has asked; who, is not said, what, only with the answer."""

    kind = "question.asked"
    no: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class QuestionAnswered(Event):
    """Question and answer are public; `sha256` (hex) is over both as canonical JSON."""

    kind = "question.answered"
    no: int
    sha256: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class ChangeAsked(Event):
    """The owner's signatory has asked the office to amend an open notice; what, stands with the
    amendment.
    """

    kind = "amendment.asked"
    change_id: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class ChangeRefused(Event):
    """The office has not made an amendment; the reasons are for the owner."""

    kind = "amendment.refused"
    change_id: int
