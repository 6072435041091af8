"""One component a file. Each takes the Regions that it lives in, and names its provider explicitly."""
