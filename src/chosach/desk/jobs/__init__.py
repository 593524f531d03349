"""Long work in chunks: progress, lease, resume, cancel."""
