"""Gives a database's owner, or a cache, a new password, as Secrets Manager asks for it."""
