"""Returns, consolidation, the frozen report."""
