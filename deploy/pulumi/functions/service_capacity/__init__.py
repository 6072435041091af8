"""How many tasks a Region's service has at least: few while it waits, all of them once it leads."""
