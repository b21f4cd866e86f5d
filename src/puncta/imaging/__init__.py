"""Photographs that measure."""
