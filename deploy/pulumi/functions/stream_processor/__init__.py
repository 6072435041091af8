"""Turns readings of machines into their hot state and their lines' metrics."""
