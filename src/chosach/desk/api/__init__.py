"""Screening for programs: keys of bodies, their limits, their use, and `POST /api/screen`."""
