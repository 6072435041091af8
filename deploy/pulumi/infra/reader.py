"""Reads a stack's config: every mistake at once, each with the key, what is there and what would be right."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

import pulumi
from pulumi.runtime import config as runtime_config

REGION = re.compile(r"(?:af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\d")


class SettingsError(pulumi.RunError):
    """The stack's config is wrong. The text names every mistake: Pulumi prints it alone, and of another error
    the whole call stack."""


class Reader:
    """One stack's config. Ask for every key, then call `finish`, which refuses what is wrong or unknown."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        self._asked: set[str] = set()
        self._mistakes: list[str] = []

    @classmethod
    def of_stack(cls) -> "Reader":
        """The config of the stack that runs. Pulumi has no call that lists the keys; its own store does."""
        prefix = f"{pulumi.get_project()}:"
        values: dict[str, Any] = {**runtime_config.get_config_env(), **runtime_config.CONFIG.get()}
        return cls({k.removeprefix(prefix): str(v) for k, v in values.items() if k.startswith(prefix)})

    def text(
        self, key: str, pattern: str, what: str, default: str | None = None, *, longest: int | None = None
    ) -> str:
        """A text that matches `pattern` as a whole, of at most `longest` characters; `what` says in words
        what is wanted."""
        self._asked.add(key)
        value = self._values.get(key, default)
        if value is None:
            self.refuse(key, f"is missing: {what}")
            return ""
        # An optional text may stay empty: nothing was asked for.
        if not re.fullmatch(pattern, value) and not (value == "" and default == ""):
            self.refuse(key, f"is {value!r}: use {what}")
        if longest is not None and len(value) > longest:
            self.refuse(key, f"is {value!r}, {len(value)} characters: AWS takes {longest} at most")
        return value

    def peek(self, key: str) -> str:
        """What is there, right or wrong, for a check of several keys together. Somebody else asks for it."""
        return self._values.get(key, "")

    def choice(self, key: str, choices: Sequence[str], default: str | None = None) -> str:
        """One of a few words."""
        listed = ", ".join(choices)
        return self.text(key, "|".join(re.escape(c) for c in choices), f"one of {listed}", default)

    def region(self, key: str, default: str | None = None) -> str:
        """A Region's code."""
        return self.text(key, REGION.pattern, "a Region's code, such as eu-west-1", default)

    def flag(self, key: str, default: bool) -> bool:
        """true or false."""
        return self.choice(key, ["true", "false"], "true" if default else "false") == "true"

    def number(self, key: str, low: int, high: int, default: int) -> int:
        """A whole number from `low` to `high`."""
        what = f"a whole number from {low} to {high}"
        value = self.text(key, r"-?\d{1,12}", what, str(default))
        if not re.fullmatch(r"-?\d{1,12}", value):
            return default
        if not low <= int(value) <= high:
            self.refuse(key, f"is {value}: use {what}")
        return int(value)

    def texts(self, key: str, pattern: str, what: str) -> tuple[str, ...]:
        """A list, written with commas. Left out: empty."""
        self._asked.add(key)
        items = tuple(i.strip() for i in self._values.get(key, "").split(",") if i.strip())
        for item in items:
            if not re.fullmatch(pattern, item):
                self.refuse(key, f"has {item!r}: use {what}")
        return items

    def refuse(self, key: str, why: str) -> None:
        """One more mistake."""
        self._mistakes.append(f"{key} {why}")

    def finish(self) -> None:
        """Raises when anything was wrong. A key that nobody asked for is a mistake too: misspelt, it would
        silently mean the default."""
        for key in sorted(self._values.keys() - self._asked):
            near = get_close_matches(key, self._asked, 1)
            hint = f"did you mean {near[0]}?" if near else f"this system has {', '.join(sorted(self._asked))}"
            self.refuse(key, f"is unknown: {hint}")
        self.stop()

    def stop(self) -> None:
        """Raises when anything was wrong so far: what follows could not be judged without it."""
        if self._mistakes:
            listed = "\n".join(f"  {m}" for m in self._mistakes)
            raise SettingsError(f"the stack's config is wrong:\n{listed}")
