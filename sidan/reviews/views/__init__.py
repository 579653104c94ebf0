"""Pages about reviews, and what is shown of them on the pages of other apps."""
