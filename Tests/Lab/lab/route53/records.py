"""The record operations: ChangeResourceRecordSets, ListResourceRecordSets, TestDNSAnswer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..call import Call
from ..errors import AWSError
from .zone_operations import change_view, find_zone
from .zones import RecordKey, Zone, absolute, record_key

if TYPE_CHECKING:
    from ..world import World

Item = dict[str, Any]
# Route 53 takes at most this many ResourceRecord elements in a batch, UPSERT counting twice.
MOST_RECORDS = 1000
# Fields that tell one record from another of the same key when DELETE compares them.
NEUTRAL = {"Name"}


def change_records(world: World, call: Call, params: Item) -> Item:
    """All or nothing, as in AWS."""
    zone = find_zone(world, params["HostedZoneId"])
    batch = params["ChangeBatch"]
    records = dict(zone.records)
    weight = 0
    for item in batch["Changes"]:
        record = item["ResourceRecordSet"]
        weight += len(record.get("ResourceRecords", [])) * (2 if item["Action"] == "UPSERT" else 1)
        apply(world, zone, records, item["Action"], record)
    if weight > MOST_RECORDS:
        raise AWSError("InvalidChangeBatch", f"Number of records limit of {MOST_RECORDS} exceeded.")
    change = world.zones.change(zone, records, batch.get("Comment", ""))
    world.record_effect("records", call, "us-east-1", zone.name, change=change.id)
    return {"ChangeInfo": change_view(change)}


def apply(world: World, zone: Zone, records: dict[RecordKey, Item], action: str, record: Item) -> None:
    key = record_key(record)
    said = f"[name='{key[0]}', type='{key[1]}'" + (f", set identifier='{key[2]}']" if key[2] else "]")
    if not (key[0] == zone.name or key[0].endswith("." + zone.name)):
        raise AWSError(
            "InvalidChangeBatch", f"RRSet with DNS name {key[0]} is not permitted in zone {zone.name}"
        )
    if action == "DELETE":
        if key not in records:
            raise AWSError(
                "InvalidChangeBatch", f"Tried to delete resource record set {said} but it was not found"
            )
        if not same(records[key], record):
            raise AWSError(
                "InvalidChangeBatch",
                f"Tried to delete resource record set {said} "
                "but the values provided do not match the current values",
            )
        del records[key]
        return
    if action == "CREATE" and key in records:
        raise AWSError(
            "InvalidChangeBatch", f"Tried to create resource record set {said} but it already exists"
        )
    check(world, records, key, record, said)
    records[key] = {**record, "Name": key[0]}


def check(world: World, records: dict[RecordKey, Item], key: RecordKey, record: Item, said: str) -> None:
    others = [other for other in records if other[:2] == key[:2] and other != key]
    if any(bool(other[2]) != bool(key[2]) for other in others):
        raise AWSError(
            "InvalidChangeBatch", f"RRSet {said} conflicts with a record of another routing policy"
        )
    same_name = [other for other in records if other[0] == key[0] and other[1] != key[1]]
    if same_name and (key[1] == "CNAME" or any(other[1] == "CNAME" for other in same_name)):
        raise AWSError("InvalidChangeBatch", f"RRSet of type CNAME {said} conflicts with other records")
    if not record.get("ResourceRecords") and not record.get("AliasTarget"):
        raise AWSError("InvalidChangeBatch", f"RRSet {said} has neither records nor an alias target")
    if record.get("ResourceRecords") and record.get("TTL") is None:
        raise AWSError("InvalidChangeBatch", f"RRSet {said} has no TTL")
    if (
        record.get("Failover") == "PRIMARY"
        and not record.get("HealthCheckId")
        and not record.get("AliasTarget")
    ):
        raise AWSError("InvalidChangeBatch", f"Missing health check for primary failover record {said}")
    if record.get("HealthCheckId") and record["HealthCheckId"] not in world.checks:
        raise AWSError("InvalidChangeBatch", f"No health check with id {record['HealthCheckId']} for {said}")


def same(left: Item, right: Item) -> bool:
    def plain(record: Item) -> Item:
        return {k: v for k, v in record.items() if k not in NEUTRAL and v not in (None, [], {})}

    return plain(left) == plain(right)


def list_records(world: World, call: Call, params: Item) -> Item:
    zone = find_zone(world, params["HostedZoneId"])

    def order(key: RecordKey) -> tuple[list[str], str, str]:
        return list(reversed(key[0].split("."))), key[1], key[2]

    keys = sorted(zone.records, key=order)
    if params.get("StartRecordName"):
        start = (
            absolute(params["StartRecordName"]),
            params.get("StartRecordType", ""),
            params.get("StartRecordIdentifier", ""),
        )
        keys = [key for key in keys if order(key) >= order(start)]
    size = min(int(params.get("MaxItems", 300)), 300)
    answer: Item = {
        "ResourceRecordSets": [zone.records[key] for key in keys[:size]],
        "IsTruncated": len(keys) > size,
        "MaxItems": str(size),
    }
    if len(keys) > size:
        name, kind, identifier = keys[size]
        answer.update({"NextRecordName": name, "NextRecordType": kind})
        if identifier:
            answer["NextRecordIdentifier"] = identifier
    return answer


def test_answer(world: World, call: Call, params: Item) -> Item:
    zone = find_zone(world, params["HostedZoneId"])
    rows = world.resolver.answer(absolute(params["RecordName"]), params["RecordType"], follow=False)
    return {
        "Nameserver": "ns-1.awsdns-1.test",
        "RecordName": params["RecordName"].rstrip("."),
        "RecordType": params["RecordType"],
        "RecordData": [row.value for row in rows],
        "Protocol": "UDP",
        "ResponseCode": "NOERROR" if rows or zone else "NXDOMAIN",
    }
