"""Pages of accounts: a person's own, and the administrator's."""
