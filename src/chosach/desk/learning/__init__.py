"""Learning from use: decisions become labels, labels a correction of the screener, which two people put in force."""
