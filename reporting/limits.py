"""Limits that forget: how often a network asked of late, by a keyed digest that dies with the day and the process.

No limit is shared by everybody, so nobody can use one to lock others out; who is over it waits or works longer.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import threading
from collections import OrderedDict, deque
from dataclasses import dataclass, field

NETWORK = {4: 24, 6: 64}
"""Bits of an address that name a network rather than a person."""
MOST_KEPT = 50_000


@dataclass(slots=True)
class Limit:
    """At most ``most`` events within ``window`` seconds for each network."""

    most: int
    window: float
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    _day: int = 0
    _seen: OrderedDict[bytes, deque[tuple[float, int]]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def is_over(self, address: str, now: float, weight: int = 1) -> bool:
        """Count an event of this weight and say whether its network has had too many; counted before it is judged."""
        with self._lock:
            self._forget_yesterday(now)
            name = hmac.digest(self._key, network_of(address), "sha256")[:16]
            events = self._seen.setdefault(name, deque())
            self._seen.move_to_end(name)
            while events and events[0][0] <= now - self.window:
                events.popleft()
            events.append((now, weight))
            if len(self._seen) > MOST_KEPT:
                self._seen.popitem(last=False)
            return sum(one for _, one in events) > self.most

    def _forget_yesterday(self, now: float) -> None:
        day = int(now // 86_400)
        if day != self._day:
            self._day, self._key = day, secrets.token_bytes(32)
            self._seen.clear()


def network_of(address: str) -> bytes:
    """The network of an address; what is no address is a network of its own."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address.encode()[:64]
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return ipaddress.ip_network((parsed, NETWORK[parsed.version]), strict=False).network_address.packed


@dataclass(slots=True)
class Pressure:
    """How hard the form is being pressed: reports of the last ten minutes, in this process."""

    calm: int
    """Reports in ten minutes up to which nothing unusual is going on."""
    window: float = 600.0
    _seen: deque[float] = field(default_factory=deque)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, now: float) -> None:
        """Note a report."""
        with self._lock:
            self._seen.append(now)

    def is_high(self, now: float) -> bool:
        """Whether more came than people send."""
        with self._lock:
            while self._seen and self._seen[0] <= now - self.window:
                self._seen.popleft()
            return len(self._seen) > self.calm
