"""Video in and out, its orientation, and recorded poses."""
