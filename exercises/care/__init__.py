"""The care data for every exercise: questions after a set, advice, dose, limits of a hold."""
