"""Plans every stack with the real AWS provider, where the tool that can is at hand."""
