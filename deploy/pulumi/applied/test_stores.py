"""What a system keeps besides its database: tables, buckets, dashboards. Skipped where a system has none."""

import os
import time
from typing import Any

import pytest

from .conftest import ENDPOINT, Client


def regions(outputs: dict[str, str]) -> tuple[str, str]:
    return outputs["primaryRegion"], outputs["standbyRegion"]


def test_the_table_is_in_both_regions_and_recovers_to_any_point(
    outputs: dict[str, str], client: Client
) -> None:
    if "table" not in outputs:
        pytest.skip("this system has no global table")
    for region in regions(outputs):
        dynamodb = client("dynamodb", region)
        table = dynamodb.describe_table(TableName=outputs["table"])["Table"]
        assert table["TableStatus"] == "ACTIVE"
        assert f":{region}:" in table["TableArn"]
        backups = dynamodb.describe_continuous_backups(TableName=outputs["table"])
        recovery = backups["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
        assert recovery["PointInTimeRecoveryStatus"] == "ENABLED"


def test_what_is_written_in_one_region_is_read_in_the_other(outputs: dict[str, str], client: Client) -> None:
    if "table" not in outputs:
        pytest.skip("this system has no global table")
    if not (ENDPOINT or os.environ.get("FAILOVER") == "yes"):
        pytest.skip("on AWS itself nothing is written unless FAILOVER=yes")
    here, there = (client("dynamodb", region) for region in regions(outputs))
    described = here.describe_table(TableName=outputs["table"])["Table"]
    (key,) = [k["AttributeName"] for k in described["KeySchema"]]
    item = {key: {"S": "written-by-a-test"}}
    for writer, reader in ((here, there), (there, here)):
        writer.put_item(TableName=outputs["table"], Item=item)
        try:
            assert arrives(reader, outputs["table"], item)
        finally:
            writer.delete_item(TableName=outputs["table"], Key=item)
        # Gone on both sides, or the next round would find this one's.
        assert arrives(reader, outputs["table"], item, gone=True)


def arrives(dynamodb: Any, table: str, key: dict[str, Any], gone: bool = False) -> bool:
    """Within half a minute; usually it takes a second."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if ("Item" in dynamodb.get_item(TableName=table, Key=key, ConsistentRead=True)) is not gone:
            return True
        time.sleep(0.2)
    return False


# Each Region's trail records the whole account: neither needs the other's files.
ALONE = {"TrailBucket"}


def test_buckets_have_versions_and_copy_to_each_other(outputs: dict[str, str], client: Client) -> None:
    found = {k.removeprefix("primary") for k in outputs if k.startswith("primary") and k.endswith("Bucket")}
    kinds = sorted(found - ALONE)
    if not kinds:
        pytest.skip("this system has no replicated bucket")
    home, away = regions(outputs)
    for kind in kinds:
        pair = {home: outputs[f"primary{kind}"], away: outputs[f"standby{kind}"]}
        for region, other in ((home, away), (away, home)):
            s3 = client("s3", region)
            assert s3.get_bucket_versioning(Bucket=pair[region])["Status"] == "Enabled"
            replication = s3.get_bucket_replication(Bucket=pair[region])["ReplicationConfiguration"]
            (rule,) = replication["Rules"]
            assert rule["Status"] == "Enabled"
            assert rule["Destination"]["Bucket"] == f"arn:aws:s3:::{pair[other]}"


def test_each_region_records_who_did_what_in_the_whole_account(
    outputs: dict[str, str], client: Client
) -> None:
    if "primaryTrailBucket" not in outputs:
        pytest.skip("this system has no trail")
    for region, side in zip(regions(outputs), ("primary", "standby"), strict=True):
        trails = client("cloudtrail", region).describe_trails(includeShadowTrails=False)["trailList"]
        (trail,) = [t for t in trails if t["S3BucketName"] == outputs[f"{side}TrailBucket"]]
        assert trail["IsMultiRegionTrail"] and trail["LogFileValidationEnabled"] and trail["KmsKeyId"]


def test_each_region_has_its_dashboard(outputs: dict[str, str], client: Client) -> None:
    if "dashboards" not in outputs:
        pytest.skip("this system has no dashboards")
    names = outputs["dashboards"].split(",")
    for region in regions(outputs):
        (name,) = [n for n in names if region in n]
        body = client("cloudwatch", region).get_dashboard(DashboardName=name)["DashboardBody"]
        assert "Replication" in body
