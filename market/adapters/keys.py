"""The clock process's secrets, as files that only their owner may read: the log's key, the sealing
key, the chain.

Whoever runs the web pages alone needs none of them: pages use `sealing.pub` and `log.vkey`.
"""

import pathlib
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from market.adapters.instance import write_private
from market.kernel.entropy import Entropy
from verify.zjcs import note
from verify.zjcs.draw import Chain

NONCE = bytes(12)  # each box has a key of its own


class Keys:
    """The keys folder of an installation (instance/keys)."""

    def __init__(self, instance: pathlib.Path) -> None:
        self.folder = pathlib.Path(instance) / "keys"

    def create(
        self, *, origin: str, source: str, genesis: int, period: int, slots: int, entropy: Entropy
    ) -> None:
        """Make whatever is missing: log key, sealing pair, the operator's chain. Existing files are
        never touched.
        """
        if not (self.folder / "log.skey").exists():
            skey, vkey = note.new_key(origin)
            write_private(self.folder / "log.skey", skey.encode())
            (self.folder / "log.vkey").write_text(vkey)
        if not (self.folder / "sealing.key").exists():
            private = X25519PrivateKey.generate()
            write_private(self.folder / "sealing.key", private.private_bytes_raw())
            (self.folder / "sealing.pub").write_bytes(private.public_key().public_bytes_raw())
        self.quote_root()
        if not (self.folder / "chain.txt").exists():
            line = f"{source} {slots} {genesis} {period} {entropy(32).hex()}\n"
            write_private(self.folder / "chain.txt", line.encode())

    def log_signer(self) -> note.Signer:
        """The log's Ed25519 key, named by its origin; the newest."""
        return note.Signer.from_skey((self.folder / "log.skey").read_text())

    def log_signers(self, now: float) -> list[note.Signer]:
        """Who signs a head at `now` (epoch seconds): the newest key, and in the overlap after a
        rotation the one before.
        """
        return [
            self.log_signer(),
            *([note.Signer.from_skey(self._old.read_text())] if now < self.old_until() else []),
        ]

    def log_vkey(self) -> str:
        """The log's verifier key: public, the web pages read it."""
        return (self.folder / "log.vkey").read_text()

    def log_vkeys(self) -> list[str]:
        """The verifier keys that the log ever signed with, the newest first; none before set-up."""
        if not (self.folder / "log.vkey").exists():
            return []
        earlier = self._earlier.read_text().split() if self._earlier.exists() else []
        return [self.log_vkey(), *reversed(earlier)]

    # --- a new key of the log -------------------------------------------------------------

    @property
    def _old(self) -> pathlib.Path:
        return self.folder / "log-old.skey"

    @property
    def _next(self) -> pathlib.Path:
        return self.folder / "log-next.skey"

    @property
    def _until(self) -> pathlib.Path:
        return self.folder / "log-old.until"

    @property
    def _earlier(self) -> pathlib.Path:
        return self.folder / "log-earlier.vkeys"

    def old_until(self) -> int:
        """Until when (epoch seconds) the key before this one signs too; 0 when there is none."""
        return int(self._until.read_text()) if self._old.exists() else 0

    def is_turning(self) -> bool:
        """Whether a rotation was begun and not ended."""
        return self._next.exists()

    def next_log_key(self) -> note.Signer:
        """The key that will follow, made at the first call; it signs nothing before `turn_log_key`."""
        if not self._next.exists():
            write_private(self._next, note.new_key(self.log_signer().name)[0].encode())
        return note.Signer.from_skey(self._next.read_text())

    def turn_log_key(self, until: int) -> None:
        """Put the next key in the present one's place, which goes on signing beside it `until`
        (epoch seconds).

        Broken off in the midst, it can be done again: the next key leaves its place last.
        """
        present = self.log_signer()
        following = self.next_log_key()
        self._until.write_text(f"{until}\n")
        if not self._old.exists():
            write_private(self._old, (self.folder / "log.skey").read_bytes())
        if present.key().vkey not in self.log_vkeys()[1:]:
            with self._earlier.open("a") as file:
                file.write(f"{present.key().vkey}\n")
        (self.folder / "log.vkey").write_text(following.key().vkey)
        self._next.replace(self.folder / "log.skey")

    def forget_old(self, now: float) -> bool:
        """Delete the old private key once its time is over; whether there was one to delete."""
        if not self._old.exists() or now < self.old_until():
            return False
        self._old.unlink()
        return True

    # --- the rest -------------------------------------------------------------------------

    def sealing_public(self) -> bytes:
        """The 32-byte public key that quotes are sealed to."""
        return (self.folder / "sealing.pub").read_bytes()

    def sealing_private(self) -> bytes:
        """The 32-byte private key that opens them: read at the seal, by the clock process alone."""
        return (self.folder / "sealing.key").read_bytes()

    def quote_root(self) -> bytes:
        """The 32 bytes of which the operator's quote keys are derived; made at the first call. Read by
        the clock's process alone.
        """
        path = self.folder / "quote.root"
        if not path.exists():
            write_private(path, secrets.token_bytes(32).hex().encode())
        return bytes.fromhex(path.read_text())

    def chain(self) -> Chain:
        """The operator's chain of random values."""
        source, slots, genesis, period, secret = (self.folder / "chain.txt").read_text().split()
        return Chain(source, int(slots), int(genesis), int(period), bytes.fromhex(secret))

    def new_chain(
        self, *, source: str, genesis: int, period: int, slots: int, entropy: Entropy
    ) -> None:
        """Put a fresh chain in the present one's place; the old file stays, as chain-<its
        source>.txt.
        """
        (self.folder / "chain.txt").replace(self.folder / f"chain-{self.chain().source}.txt")
        write_private(
            self.folder / "chain.txt",
            f"{source} {slots} {genesis} {period} {entropy(32).hex()}\n".encode(),
        )

    def chain_value(self, slot: int, now: float) -> str:
        """The operator's value of a slot. Raises Fault `chain.not_due` before its time, whoever
        asks.
        """
        return self.chain().due_value(slot, now)


def seal_for(public: bytes, data: bytes) -> bytes:
    """Seal `data` so that only the holder of the private key can read it: ephemeral X25519,
    HKDF-SHA256, ChaCha20-Poly1305.
    """
    ephemeral = X25519PrivateKey.generate()
    mine = ephemeral.public_key().public_bytes_raw()
    key = _key(ephemeral.exchange(X25519PublicKey.from_public_bytes(public)), mine + public)
    return mine + ChaCha20Poly1305(key).encrypt(NONCE, data, None)


def open_sealed(private: bytes, box: bytes) -> bytes:
    """Open a box. Raises ValueError when it was not sealed for this key or was changed."""
    holder = X25519PrivateKey.from_private_bytes(private)
    theirs = box[:32]
    key = _key(
        holder.exchange(X25519PublicKey.from_public_bytes(theirs)),
        theirs + holder.public_key().public_bytes_raw(),
    )
    try:
        return ChaCha20Poly1305(key).decrypt(NONCE, box[32:], None)
    except InvalidTag:
        raise ValueError("the box was not sealed for this key, or was changed") from None


def _key(shared: bytes, context: bytes) -> bytes:
    return HKDF(
        algorithm=hashes.SHA256(), length=32, salt=None, info=b"zjcs/seal/1\n" + context
    ).derive(shared)
