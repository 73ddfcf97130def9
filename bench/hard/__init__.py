"""Hard videos made from the samples, whose truth is known: changes of picture, time, scene and file, and their list."""
