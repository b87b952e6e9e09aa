"""A device with a passkey, in software: it makes a key for a site and signs challenges, as a phone does (WebAuthn)."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url as text

PRESENT_AND_VERIFIED, WITH_KEY = 0x05, 0x40


@dataclass
class Authenticator:
    """One device on one page; ``origin`` is where the page stands, whatever it pretends to be."""

    origin: str
    host: str
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    uses: int = 0

    def make(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Answer a request for a new passkey."""
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        held = bytes(16) + len(self.credential).to_bytes(2, "big") + self.credential + cbor2.dumps(cose)
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._data(PRESENT_AND_VERIFIED | WITH_KEY) + held}
        client = self._client("webauthn.create", asked)
        return self._answer(clientDataJSON=text(client), attestationObject=text(cbor2.dumps(attestation)))

    def prove(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Answer a request for a proof."""
        self.uses += 1
        client, data = self._client("webauthn.get", asked), self._data(PRESENT_AND_VERIFIED)
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            clientDataJSON=text(client), authenticatorData=text(data), signature=text(signed), userHandle=None
        )

    def _client(self, kind: str, asked: dict[str, Any]) -> bytes:
        return json.dumps({"type": kind, "challenge": asked["challenge"], "origin": self.origin}).encode()

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.uses.to_bytes(4, "big")

    def _answer(self, **response: str | None) -> dict[str, Any]:
        name = text(self.credential)
        return {"id": name, "rawId": name, "type": "public-key", "response": response}
