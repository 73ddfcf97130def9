"""One frame -> what can be measured in it alone: skeleton, view, outline of the back."""
