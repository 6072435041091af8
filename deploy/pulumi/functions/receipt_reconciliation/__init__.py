"""Fetches receipts and audit records that replication left behind."""
