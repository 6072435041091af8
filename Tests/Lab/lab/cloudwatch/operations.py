"""Which CloudWatch operations the lab answers itself."""

from __future__ import annotations

from . import alarms, metrics, queries

OPERATIONS = {
    "PutMetricData": metrics.put,
    "GetMetricData": queries.get_data,
    "GetMetricStatistics": queries.get_statistics,
    "ListMetrics": metrics.list_metrics,
    "PutMetricAlarm": alarms.put,
    "PutCompositeAlarm": alarms.put_composite,
    "DescribeAlarms": alarms.describe,
    "DeleteAlarms": alarms.delete,
    "SetAlarmState": alarms.set_state,
}
