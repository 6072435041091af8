"""A simulated AWS for end-to-end tests: moto, plus what moto lacks for a failover between Regions."""
