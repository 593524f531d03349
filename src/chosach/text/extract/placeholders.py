"""Figures that stand for no number: found like any others, but nobody's. Whoever compares sellers by numbers leaves them out."""

#: What people type where a form wants a number and they have none, or do not tell it: one figure over and over, figures in a row.
#: 0987654321 is somebody's mobile.
PLACEHOLDERS = frozenset(figure * times for figure in "0123456789" for times in range(6, 20)) | {
    run[:length] for run in ("0123456789", "1234567890", "9876543210") for length in range(6, 11)
}
