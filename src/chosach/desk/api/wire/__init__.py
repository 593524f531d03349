"""`/api/`: what programs ask and are told."""
