"""Benchmarks of drctl against what others would use instead; `make bench`."""
