"""Runs the program with Pulumi's own mocks, and reads what it registered."""
