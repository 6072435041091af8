"""What the end-to-end tests and the demo stand on: an estate in the lab, and the real drctl beside it."""
