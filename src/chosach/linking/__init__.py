"""Records of sellers → traders: which records are one person or firm, and why."""
