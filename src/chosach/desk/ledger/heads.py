"""Heads: signed statements of how many entries the ledger had and in which hash it ended. Keys, files, and the newest head."""

import hashlib
import json
import os
import secrets
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from chosach.desk.ledger import chain
from chosach.desk.ledger.models import Head

FIELDS = ("number", "at", "seq", "hash", "entries", "prev", "public_key", "signature")


def signing_key() -> Ed25519PrivateKey:
    """The key that signs heads (HOME/keys/ledger.pem, owner-only), made at first use."""
    path = Path(settings.KEYS_DIR) / "ledger.pem"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        pem = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        _write_once(path, pem, mode=0o600)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path} holds no Ed25519 key")
    return key


def public_key() -> str:
    """The public half as 64 hexadecimal digits."""
    return signing_key().public_key().public_bytes_raw().hex()


def key_id(public: str) -> str:
    """Short name of a public key, printed on reports so that people can compare it."""
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()[:16]


def signed_form(head: Head) -> bytes:
    """The bytes that a head's signature is over."""
    return chain.framed(chain.HEAD_FORMAT, *(str(getattr(head, name)) for name in FIELDS[:-1]))


def digest(head: Head) -> str:
    """How the next head names this one: SHA-256 over the signed bytes and the signature's digits."""
    return hashlib.sha256(signed_form(head) + head.signature.encode()).hexdigest()


def check_signature(public: bytes, message: bytes, signature: bytes) -> bool:
    """Ed25519 by the cryptography library: for the desk, quicker than the stand-alone verifier's own."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def current() -> Head | None:
    """The newest head, to be printed on reports; None before the first was signed."""
    return Head.objects.order_by("-number").first()


def statement(head: Head) -> dict[str, Any]:
    """The head as its file says it."""
    return {"format": chain.HEAD_FORMAT, **{name: getattr(head, name) for name in FIELDS}, "key_id": key_id(head.public_key)}


def file_name(head: Head) -> str:
    return f"head-{head.number:08d}.json"


def file_bytes(head: Head) -> bytes:
    return (json.dumps(statement(head), indent=1) + "\n").encode()


def folder() -> Path:
    """Where heads are brought: CHOSACH_HEADS_DIR, else HOME/heads."""
    return Path(settings.HEADS_DIR)


def export_missing() -> list[Path]:
    """Write every head that has no file yet; a file that exists is never overwritten. Returns the new files."""
    folder().mkdir(parents=True, exist_ok=True)
    there = _exported()
    missing = [head for head in Head.objects.order_by("number") if file_name(head) not in there]
    for head in missing:
        _write_once(folder() / file_name(head), file_bytes(head), mode=0o644)
    return [folder() / file_name(head) for head in missing]


def unexported() -> int:
    """How many heads have no file outside."""
    there = _exported()
    return sum(file_name(head) not in there for head in Head.objects.only("number"))


def _exported() -> set[str]:
    return {path.name for path in folder().glob("head-*.json")} if folder().is_dir() else set()


def _write_once(path: Path, content: bytes, *, mode: int) -> None:
    """Write a file whole or not at all, and never over another one: who comes second keeps what the first wrote."""
    scratch = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(scratch, path)
        except FileExistsError:
            return
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    finally:
        scratch.unlink()
