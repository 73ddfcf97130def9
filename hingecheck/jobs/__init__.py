"""One video -> its files and its place in the history; many videos, one after the other, in processes of their own."""
