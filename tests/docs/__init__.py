"""What docs/ say is what the code does."""
