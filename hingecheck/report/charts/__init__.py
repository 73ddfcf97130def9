"""Time series and reps -> charts."""
