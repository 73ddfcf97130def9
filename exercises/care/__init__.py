"""What holds for every exercise, as data: questions after a set, what follows from them, dose, limits of a hold."""
