"""What makes a payment valid. Pure: the same request gets the same verdict in either Region."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

# The request's own name, chosen by the client and kept over its retries.
PAYMENT_ID = re.compile(r"[A-Za-z0-9-]{16,64}")
# Stands for an account; the number itself never comes here.
TOKEN = re.compile(r"tok_[a-z0-9]{16,48}")
REFERENCE = re.compile(r"[\w .,/+-]{0,140}")
CURRENCIES = frozenset({"AUD", "CAD", "CHF", "EUR", "GBP", "NZD", "SGD", "USD"})
# In cents. More goes through people.
MOST = 100_000_000
FIELDS = frozenset({"paymentId", "amount", "currency", "payer", "payee", "reference"})
# Any run of digits as long as a card's number, however it is spaced.
DIGITS = re.compile(r"(?:\d[ -]?){12,18}\d")


@dataclass(frozen=True)
class Payment:
    """A valid one. `amount` is in the currency's hundredth."""

    payment_id: str
    amount: int
    currency: str
    payer: str
    payee: str
    reference: str

    @property
    def digest(self) -> str:
        """Of what was asked for: tells a retry from another payment under the same name."""
        text = json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


class Invalid(Exception):
    """Everything that is wrong, one text each. None repeats what was sent: that may be a secret."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def payment(asked: Any) -> Payment:
    """The payment that a request asks for. Raises Invalid."""
    if not isinstance(asked, Mapping):
        raise Invalid(["the body must be a JSON object"])
    problems = [
        f"{name}: unknown field" for name in sorted(map(str, asked.keys() - FIELDS)) if _harmless(name)
    ]
    if len(asked.keys() - FIELDS) > len(problems):
        problems.append("unknown fields")
    problems += [f"{name}: {why}" for name, why in _wrong(asked).items()]
    if problems:
        raise Invalid(problems)
    return Payment(
        payment_id=asked["paymentId"],
        amount=asked["amount"],
        currency=asked["currency"],
        payer=asked["payer"],
        payee=asked["payee"],
        reference=asked.get("reference", ""),
    )


def _wrong(asked: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with each known field."""
    wrong: dict[str, str] = {}
    if not _matches(PAYMENT_ID, asked.get("paymentId")):
        wrong["paymentId"] = "16 to 64 letters, digits and hyphens"
    amount = asked.get("amount")
    # In Python True is an int.
    if not isinstance(amount, int) or isinstance(amount, bool) or not 1 <= amount <= MOST:
        wrong["amount"] = f"a whole number of cents from 1 to {MOST}"
    if asked.get("currency") not in CURRENCIES:
        wrong["currency"] = f"one of {', '.join(sorted(CURRENCIES))}"
    for side in ("payer", "payee"):
        if not _matches(TOKEN, asked.get(side)):
            wrong[side] = "an account's token: tok_ and 16 to 48 small letters and digits"
    if "payee" not in wrong and asked.get("payer") == asked.get("payee"):
        wrong["payee"] = "is the payer"
    reference = asked.get("reference", "")
    if not _matches(REFERENCE, reference):
        wrong["reference"] = "at most 140 letters, digits and . , / + -"
    for name in ("paymentId", "reference"):
        if isinstance(asked.get(name), str) and holds_card_number(asked[name]):
            wrong[name] = "holds a card number, which must never be sent here"
    return wrong


def holds_card_number(text: str) -> bool:
    """Whether any run of 13 to 19 digits passes the cards' own check sum (Luhn)."""
    return any(_luhn([int(d) for d in run if d.isdigit()]) for run in DIGITS.findall(text))


def _luhn(digits: list[int]) -> bool:
    doubled = [d if i % 2 == 0 else sum(divmod(2 * d, 10)) for i, d in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0


def _matches(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _harmless(name: Any) -> bool:
    return _matches(re.compile(r"[A-Za-z_]{1,32}"), name)
