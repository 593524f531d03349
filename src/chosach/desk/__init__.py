"""The desk: the Django application of the bodies."""
