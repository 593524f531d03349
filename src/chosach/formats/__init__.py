"""The formats of the outside world: readers of listings, writers of documents."""
