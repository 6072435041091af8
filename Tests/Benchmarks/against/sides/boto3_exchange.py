"""boto3's transport (botocore's session over urllib3): URL CA FILE IN-FLIGHT SECONDS."""

import json
import sys
import threading
import time
from pathlib import Path

from botocore.awsrequest import AWSRequest
from botocore.httpsession import URLLib3Session

url, authority, body = sys.argv[1], sys.argv[2], Path(sys.argv[3]).read_bytes()
in_flight, seconds = int(sys.argv[4]), float(sys.argv[5])
session = URLLib3Session(verify=authority, max_pool_connections=in_flight)
HEADERS = {
    "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
    "X-Amz-Date": "20260102T030405Z",
    "X-Amz-Content-Sha256": "0123456789abcdef" * 4,
    "Authorization": "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260102/eu-west-1/rds/aws4_request, "
    "SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date, Signature=" + "0123456789abcdef" * 4,
    "User-Agent": "drctl",
}


def requests(span: float) -> int:
    end, counts = time.monotonic() + span, [0] * in_flight

    def repeat(number: int) -> None:
        while time.monotonic() < end:
            response = session.send(AWSRequest("POST", url, headers=HEADERS, data=body).prepare())
            if response.status_code != 200 or len(response.content) < 1000:
                raise RuntimeError(f"the server answered {response.status_code}")
            counts[number] += 1

    threads = [threading.Thread(target=repeat, args=(number,)) for number in range(in_flight)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts)


requests(0.3)
cpu, wall = time.process_time(), time.monotonic()
count = requests(seconds)
print(json.dumps({"count": count, "cpu": time.process_time() - cpu, "wall": time.monotonic() - wall}))
