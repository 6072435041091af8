"""What is usual for a machine, learnt from its own readings, and what is not. Pure."""

import math
from dataclasses import dataclass, replace

from .readings import Reading

# Weight of the newest reading: about the last 50 count.
WEIGHT = 0.02
# Before that many the averages say nothing.
LEARNING = 50
# This many standard deviations from the average are unusual: with steady noise, less than one in a million.
UNUSUAL = 5.0


@dataclass(frozen=True)
class Usual:
    """Moving average and variance of one measure."""

    mean: float
    variance: float

    def moved(self, value: float) -> "Usual":
        """With one more value (exponentially weighted, after West)."""
        off = value - self.mean
        step = WEIGHT * off
        return Usual(self.mean + step, (1 - WEIGHT) * (self.variance + off * step))

    def is_unusual(self, value: float) -> bool:
        """A measure that never moved has no variance: then any change would be unusual, and none is."""
        return self.variance > 0 and abs(value - self.mean) > UNUSUAL * math.sqrt(self.variance)


@dataclass(frozen=True)
class State:
    """A machine's hot state: its newest reading, and what is usual. `seen`: how many readings made it."""

    newest: Reading
    temperature: Usual
    vibration: Usual
    seen: int


@dataclass(frozen=True)
class Step:
    """The state after a reading. `fresh`: it was newer than the state; `unusual`: it stood out."""

    state: State
    fresh: bool
    unusual: bool


def step(state: State | None, reading: Reading) -> Step:
    """Takes one reading in. One that is not newer than the state is late or a repetition: it changes
    nothing."""
    if state is None:
        first = State(reading, Usual(reading.temperature, 0.0), Usual(reading.vibration, 0.0), 1)
        return Step(first, fresh=True, unusual=False)
    if reading.read_at <= state.newest.read_at:
        return Step(state, fresh=False, unusual=False)
    unusual = state.seen >= LEARNING and (
        state.temperature.is_unusual(reading.temperature) or state.vibration.is_unusual(reading.vibration)
    )
    after = replace(
        state,
        newest=reading,
        temperature=state.temperature.moved(reading.temperature),
        vibration=state.vibration.moved(reading.vibration),
        seen=state.seen + 1,
    )
    return Step(after, fresh=True, unusual=unusual)
