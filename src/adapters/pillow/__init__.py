"""Pictures, by Pillow."""
