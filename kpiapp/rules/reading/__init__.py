"""What a form says: its money, its times, its reasons, the names and figures in its texts."""
