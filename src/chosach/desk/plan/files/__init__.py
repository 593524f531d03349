"""A plan's folder of files: reading, checking, loading. The files themselves are described in docs/plan-files.md."""
