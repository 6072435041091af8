"""`make demo`: two Regions fail in the lab, and drctl gets both databases back.

Unattended; ends by itself in about a minute; exit 0 only if everything that it claims was observed.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from types import FrameType

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "Lab")]

from demonstration.scene import LAB, Scene  # noqa: E402
from demonstration.show import Show  # noqa: E402
from demonstration.story import Story  # noqa: E402
from lab.process import Lab, LabError  # noqa: E402
from staging.binary import ROOT, NotBuilt, drctl_binary  # noqa: E402

# The end of everything, whatever hangs.
LONGEST_SECONDS = 240
OUTPUT = ROOT / "demo-output"


class OutOfTime(Exception):
    """The demo did not end by itself."""


def end(number: int, frame: FrameType | None) -> None:
    raise OutOfTime if number == signal.SIGALRM else SystemExit(128 + number)


def main() -> int:
    try:
        drctl_binary()
    except NotBuilt as cause:
        print(f"demo: {cause}", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGALRM, end)
    signal.alarm(LONGEST_SECONDS)
    for old in OUTPUT.glob("*"):
        old.unlink()
    OUTPUT.mkdir(exist_ok=True)
    show = Show()
    try:
        with Lab(seed=1, **LAB) as lab:
            scene = Scene(lab, OUTPUT)
            try:
                held = Story(show, scene).tell()
            finally:
                scene.close()
    except KeyboardInterrupt:
        print("\ndemo: interrupted; nothing is left running", file=sys.stderr)
        return 130
    except (AssertionError, LabError, OutOfTime) as cause:
        print(f"\ndemo: not observed: {cause or f'an end within {LONGEST_SECONDS} s'}", file=sys.stderr)
        return 1
    print()
    print("demo: everything that was claimed was observed" if held else "demo: NOT everything was observed")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
