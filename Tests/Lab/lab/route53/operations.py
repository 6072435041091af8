"""Which Route 53 operations the lab answers itself."""

from __future__ import annotations

from . import check_operations, records, tags, zone_operations

OPERATIONS = {
    "CreateHostedZone": zone_operations.create_zone,
    "GetHostedZone": zone_operations.get_zone,
    "ListHostedZones": zone_operations.list_zones,
    "ListHostedZonesByName": zone_operations.list_zones_by_name,
    "DeleteHostedZone": zone_operations.delete_zone,
    "ChangeResourceRecordSets": records.change_records,
    "ListResourceRecordSets": records.list_records,
    "GetChange": zone_operations.get_change,
    "TestDNSAnswer": records.test_answer,
    "CreateHealthCheck": check_operations.create,
    "GetHealthCheck": check_operations.get,
    "ListHealthChecks": check_operations.list_all,
    "UpdateHealthCheck": check_operations.update,
    "DeleteHealthCheck": check_operations.delete,
    "GetHealthCheckStatus": check_operations.status,
    "GetHealthCheckLastFailureReason": check_operations.last_failure,
    "ChangeTagsForResource": tags.change,
    "ListTagsForResource": tags.list_one,
}
