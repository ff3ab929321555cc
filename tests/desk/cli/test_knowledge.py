"""`desk knowledge`: listed, shown, out and in, and what is due."""
