"""Those who know values that this installation does not: the regulator's witness and the public
beacon drand, over HTTP.

The witness cosigns the log's checkpoints (C2SP tlog-witness) and gives the regulator's chain values
when they are due. Nobody is believed: what they answer is held to keys and anchors that are pinned
here.
"""

import http.client
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable

from market.fabric import Witness
from market.kernel.plain import Config
from verify.zjcs import drand
from verify.zjcs.draw import DRAND_CHAIN

TIMEOUT = 5.0  # seconds
AT_START = 2.0  # seconds: nobody waits longer for a witness before his first write
DRAND_TIMEOUT = 2.0  # seconds for each of several addresses that give the same
DRAND_URLS = (
    "https://api.drand.sh",
    "https://api2.drand.sh",
    "https://api3.drand.sh",
    "https://drand.cloudflare.com",
    "https://api.drand.secureweb3.com:6875",
)
LIMIT = 256 * 1024  # bytes of an answer; a page of cosignatures is the longest


class Unreachable(Exception):
    """Nobody answered, or answered with something that is none."""


class Behind(Exception):
    """The witness has seen another size than we thought (409); `size` is the one it has."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


class Unread(Unreachable):
    """The witness reads what it cosigns and has read `size` leaves so far (424)."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


class Forked(Exception):
    """The witness has seen another history of this log than the one it was shown (422, or 409 for
    the same size).
    """


class NotDue(Exception):
    """The value of that slot, or the key of that draw, is not due yet by the witness's clock."""


class HttpWitness:
    """A witness at an address."""

    def __init__(self, url: str, timeout: float = TIMEOUT) -> None:
        self.url = url.rstrip("/")
        self.timeout = timeout

    def cosign(self, old: int, proof: list[str], checkpoint: str) -> str:
        body = f"old {old}\n" + "".join(f"{line}\n" for line in proof) + "\n" + checkpoint
        status, text = self._ask("/add-checkpoint", body.encode())
        if status == 409 and text.strip().isdecimal():
            raise Behind(int(text))
        if status == 424 and text.strip().isdecimal():
            raise Unread(int(text))
        if status == 422:
            raise Forked(text[:200])
        if status != 200:
            raise Unreachable(f"{status} {text[:200]}")
        return text

    def hand_over(self, start: int, page: list[str], proof: list[str], checkpoint: str) -> None:
        body = {"from": start, "leaves": page, "proof": proof, "checkpoint": checkpoint}
        status, text = self._ask("/add-leaves", json.dumps(body, ensure_ascii=False).encode())
        if status != 200:
            raise Unreachable(f"{status} {text[:200]}")

    def published(self, old: int) -> list[str]:
        status, text = self._ask(f"/cosignatures?over={old}")
        answer = _json(text) if status == 200 else None
        if not isinstance(answer, list) or not all(isinstance(each, str) for each in answer):
            raise Unreachable(f"{status} {text[:200]}")
        return answer

    def listed(self, over: int) -> dict[str, object]:
        return self._json(f"/cosignatures/list?over={over}")

    def value(self, slot: int) -> str:
        status, text = self._ask(f"/chain/value?slot={slot}")
        if status == 403:
            raise NotDue(text[:200])
        if status != 200:
            raise Unreachable(f"{status} {text[:200]}")
        return str(_object(text).get("value"))

    def quote_key(self, draw: str) -> dict[str, object]:
        return self._json(f"/quote-key?draw={urllib.parse.quote(draw)}")

    def release(self, draw: str) -> str:
        status, text = self._ask("/quote-key/release", json.dumps({"draw": draw}).encode())
        if status == 403:
            raise NotDue(text[:200])
        if status != 200:
            raise Unreachable(f"{status} {text[:200]}")
        return str(_object(text).get("sk"))

    def keys(self) -> dict[str, object]:
        return self._json("/keys.json")

    def newest(self) -> str:
        return str(self._json("/checkpoint").get("checkpoint") or "")

    def chain(self) -> dict[str, object]:
        """Source, anchor, genesis, period and length of the witness's chain."""
        return self._json("/chain")

    def _json(self, path: str) -> dict[str, object]:
        status, text = self._ask(path)
        if status != 200:
            raise Unreachable(f"{status} {text[:200]}")
        return _object(text)

    def _ask(self, path: str, body: bytes | None = None) -> tuple[int, str]:
        return _ask(urllib.request.Request(self.url + path, data=body), self.timeout)


def witnesses(
    config: Config, given: Witness | None = None, timeout: float = TIMEOUT
) -> list[Witness]:
    """The witnesses of this installation: first the regulator's, who holds the second chain, then
    those who only cosign.

    Setting WITNESS_URLS, their addresses in order, or WITNESS_URL for one alone. `given` stands in
    the first one's place: a witness in this process, as the story and the tests have it.
    """
    single = config.get("WITNESS_URL")
    urls = list(config.get("WITNESS_URLS") or ([single] if single else []))
    if given is not None:
        return [given, *(HttpWitness(url, timeout) for url in urls[1:])]
    return [HttpWitness(url, timeout) for url in urls]


def drand_signature(urls: Iterable[str], number: int) -> str:
    """Signature (96 hex digits) of a round of drand quicknet, from the first address that gives the
    true one.

    Raises Unreachable with what each address did: silent, wrong round, a signature that is not the
    network's.
    """
    troubles = []
    for url in urls:
        try:
            return _true_round(f"{url.rstrip('/')}/{DRAND_CHAIN}/public/{number}", number)
        except Unreachable as lost:
            troubles.append(f"{url}: {lost}")
    raise Unreachable("; ".join(troubles) or "no address of drand is set")


def _true_round(url: str, number: int) -> str:
    status, text = _ask(urllib.request.Request(url), DRAND_TIMEOUT)
    if status != 200:
        raise Unreachable(f"{status} {text[:100]}")
    answer = _object(text)
    signature = answer.get("signature")
    if answer.get("round") != number or not isinstance(signature, str):
        raise Unreachable(f"not round {number}")
    if drand.verify(number, signature) is not True:
        raise Unreachable(
            f"the signature of round {number} does not hold, or cannot be checked here"
        )
    return signature


def _ask(request: urllib.request.Request, timeout: float) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return answer.status, answer.read(LIMIT).decode()
    except urllib.error.HTTPError as no:
        return no.code, no.read(LIMIT).decode(errors="replace")
    except (OSError, http.client.HTTPException, UnicodeDecodeError) as lost:
        raise Unreachable(str(lost)) from lost


def _object(text: str) -> dict[str, object]:
    answer = _json(text)
    if not isinstance(answer, dict):
        raise Unreachable(f"not an object: {text[:200]}")
    return answer


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Unreachable(f"not JSON: {text[:200]}") from None
