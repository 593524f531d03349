"""The one case file: owner, joined bodies, stages, transfer, outcome."""
