"""What auditor and overseers see: ledger, clocks, health."""
