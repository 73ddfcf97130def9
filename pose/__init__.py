"""Pixels -> numbers with units; knows no exercise."""
