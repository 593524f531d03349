"""The plan as data: obligations, due dates, progress, the board."""
