"""Starts the real program in a real terminal (a pty), types keys, reads its screen."""
