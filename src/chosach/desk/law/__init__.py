"""Violation kinds, legal instruments, working days and legal clocks as dated data."""
