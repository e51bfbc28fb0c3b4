"""drand quicknet (`bls-unchained-g1-rfc9380`): is a signature the network's signature of a round?
Key pinned here.

Needs pyblst (1 ms a round) or py_ecc (about a second); without either the answer is "undecided",
never "yes".
"""

from __future__ import annotations

import hashlib
import importlib
import sys
from collections.abc import Callable

from .draw import HEX96

# drand quicknet's public key, G2 compressed; the chain hash that notices pin is computed over it.
PUBLIC_KEY = bytes.fromhex(
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451"
    "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
)
DST = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
_G2 = bytes.fromhex(
    "93e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e"
    "024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8"
)
_ORDER = 0x73EDA753299D7D483339D80809A1D80553BDA402FFFE5BFEFFFFFFFF00000001
_INFINITY = b"\xc0" + bytes(47)

Backend = Callable[[bytes, bytes], bool]


def message(number: int) -> bytes:
    """What the network signs for a round: SHA-256 of the round as eight big-endian bytes."""
    return hashlib.sha256(number.to_bytes(8, "big")).digest()


def value(signature_hex: str) -> str:
    """The round's randomness: SHA-256 of the signature."""
    return hashlib.sha256(bytes.fromhex(signature_hex)).hexdigest()


def verify(number: int, signature_hex: str) -> bool | None:
    """Whether the signature is quicknet's for the round; None when no BLS library is installed."""
    if not HEX96.fullmatch(signature_hex) or not 0 < number < 2**63:
        return False
    signature = bytes.fromhex(signature_hex)
    for backend in (_pyblst, _py_ecc):
        try:
            return backend()(message(number), signature)
        except ImportError:
            continue
    return None


def _pyblst() -> Backend:
    blst = importlib.import_module("pyblst")

    def check(digest: bytes, signature: bytes) -> bool:
        try:
            point = blst.BlstP1Element.uncompress(signature)  # refuses points outside the subgroup
        except ValueError:
            return False
        if signature == _INFINITY:
            return False
        hashed = blst.BlstP1Element.hash_to_group(digest, DST)
        left = blst.miller_loop(point, blst.BlstP2Element.uncompress(_G2))
        return bool(
            blst.final_verify(
                left, blst.miller_loop(hashed, blst.BlstP2Element.uncompress(PUBLIC_KEY))
            )
        )

    return check


def _py_ecc() -> Backend:
    limit = sys.getrecursionlimit()
    try:
        curve = importlib.import_module("py_ecc.optimized_bls12_381")
        packing = importlib.import_module("py_ecc.bls.point_compression")
        hashing = importlib.import_module("py_ecc.bls.hash_to_curve")
    finally:
        sys.setrecursionlimit(
            limit
        )  # py_ecc raises it a hundredfold: a deeply nested file would end the process then

    def check(digest: bytes, signature: bytes) -> bool:
        try:
            point = packing.decompress_G1(int.from_bytes(signature, "big"))
        except ValueError:
            return False
        # A point outside the subgroup would pair alike: a second spelling of the same value.
        if signature == _INFINITY or not curve.is_inf(curve.multiply(point, _ORDER)):
            return False
        halves = (int.from_bytes(PUBLIC_KEY[:48], "big"), int.from_bytes(PUBLIC_KEY[48:], "big"))
        hashed = hashing.hash_to_G1(digest, DST, hashlib.sha256)
        return bool(
            curve.pairing(curve.G2, point) == curve.pairing(packing.decompress_G2(halves), hashed)
        )

    return check
