"""Programs that are killed at random moments, one module an activity, and what is lost, half there or left behind."""
