"""One frame -> what it alone can tell: skeleton, view, outline of the back."""
