"""The commands, one file each. A module here imports nothing heavy at its top: `chosach --help` must be instant."""
