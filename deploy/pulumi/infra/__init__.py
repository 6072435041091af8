"""What drctl protects, and the host that it runs on."""
