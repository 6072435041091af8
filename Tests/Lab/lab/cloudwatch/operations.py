"""Which CloudWatch operations the lab answers itself."""

from __future__ import annotations

from . import alarms, metrics

OPERATIONS = {
    "PutMetricData": metrics.put,
    "GetMetricData": metrics.get_data,
    "GetMetricStatistics": metrics.get_statistics,
    "ListMetrics": metrics.list_metrics,
    "PutMetricAlarm": alarms.put,
    "DescribeAlarms": alarms.describe,
    "DeleteAlarms": alarms.delete,
    "SetAlarmState": alarms.set_state,
}
