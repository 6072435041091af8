"""The estate that tests and the demo protect: two workloads in two pairs of Regions."""

from __future__ import annotations

from .orders import orders
from .payments import payments
from .pieces import Item, Pieces

DOMAIN = "example.com"


class Estate:
    def __init__(self, url: str, domain: str = DOMAIN) -> None:
        self._url = url
        self._pieces = Pieces(url, domain)

    def build(self) -> Item:
        """Everything, in order; the answer names all that a configuration or a test needs."""
        shop = orders(self._pieces, self._pieces.zone("orders"))
        till = payments(self._pieces, self._pieces.zone("payments"))
        regions = sorted(
            {shop[side]["region"] for side in ("primary", "standby")}
            | {till[side]["region"] for side in ("primary", "standby")}
        )
        return {
            "url": self._url,
            "account": "123456789012",
            "domain": self._pieces.domain,
            "credentials": {"access_key_id": "lab", "secret_access_key": "lab"},
            "workloads": {"orders": shop, "payments": till},
            "topics": {region: self._pieces.topic(region) for region in regions},
        }
