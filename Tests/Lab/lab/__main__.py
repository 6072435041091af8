"""python -m lab --port-file FILE: runs until SIGTERM or SIGINT."""

from __future__ import annotations

import argparse
import json
import os
import signal
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m lab", description=__doc__)
    parser.add_argument(
        "--port-file", type=Path, help="where to write url, dns and control as JSON when ready"
    )
    parser.add_argument("--port", type=int, default=0, help="HTTP port, 0 for any")
    parser.add_argument("--dns-port", type=int, default=0, help="UDP port of the DNS server, 0 for any")
    parser.add_argument(
        "--db-port", type=int, default=0, help="the one port of all database endpoints, 0 for any"
    )
    parser.add_argument("--seed", type=int, default=1, help="for ids, jitter and weighted answers")
    parser.add_argument("--settings", default="{}", help="settings as JSON, as for POST /_lab/settings")
    options = parser.parse_args()
    # moto must not look for credentials or talk to the real AWS, whatever the shell has set.
    os.environ["MOTO_ALLOW_NONEXISTENT_REGION"] = "false"

    from .server import LabServer

    server = LabServer(options.port, options.dns_port, options.db_port, options.seed)
    server.world.settings.update(json.loads(options.settings))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: server.stop())
    if options.port_file:
        server.write_port_file(options.port_file)
    else:
        print(json.dumps(server.describe()), flush=True)
    server.serve()
    if options.port_file:
        options.port_file.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
