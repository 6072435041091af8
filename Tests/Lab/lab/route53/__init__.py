"""The simulated Route 53: zones, records, health checks, and the answers that follow from them."""
