"""What every app stands on: actor, permissions, errors, business date, pages."""
