"""What can be done with labels and versions: a file per act."""
