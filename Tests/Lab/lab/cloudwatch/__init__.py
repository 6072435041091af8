"""The simulated CloudWatch: samples, statistics, alarms."""
