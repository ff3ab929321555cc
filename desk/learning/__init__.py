"""What the desk learns of each dispatch, at once and for good, and what it can take back."""
