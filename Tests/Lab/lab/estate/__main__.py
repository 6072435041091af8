"""python -m lab.estate --url URL --out estate.json: builds the estate in a running lab."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from . import Estate


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m lab.estate")
    parser.add_argument("--url", required=True, help="the lab's url, from its port file")
    parser.add_argument("--out", type=Path, help="where to write the JSON; standard output when left out")
    options = parser.parse_args()
    text = json.dumps(Estate(options.url).build(), indent=2)
    if options.out:
        options.out.write_text(text + "\n")
    else:
        print(text)


if __name__ == "__main__":
    main()
