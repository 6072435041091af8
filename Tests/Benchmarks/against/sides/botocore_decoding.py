"""botocore's parser: FILE SECONDS."""

import sys
import time
from pathlib import Path

import botocore.session
from botocore.parsers import create_parser

from . import figures

body, seconds = Path(sys.argv[1]).read_bytes(), float(sys.argv[2])
model = botocore.session.Session().get_service_model("rds")
shape = model.operation_model("DescribeDBInstances").output_shape
parser = create_parser("query")


def once() -> int:
    return len(parser.parse({"status_code": 200, "headers": {}, "body": body}, shape)["DBInstances"])


assert once() == 100
figures.repeated(once, seconds, batch=1, clock=time.process_time)
