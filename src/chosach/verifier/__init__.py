"""The ledger's verifier: one file of the standard library only, for the desk, for auditors and for anyone else."""
