"""What is compared, each a process of its own that prints its figures."""
