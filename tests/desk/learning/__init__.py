"""Tests of learning from use."""
