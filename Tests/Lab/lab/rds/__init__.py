"""The simulated RDS control plane."""
