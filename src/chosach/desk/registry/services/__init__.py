"""What can be done to the registry: one file per act."""

from chosach.desk.registry.services.take_batch import BatchCounts, take_batch

__all__ = ["BatchCounts", "take_batch"]
