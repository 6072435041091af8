"""Validates payments."""
