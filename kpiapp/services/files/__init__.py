"""What lies in files: formats by their suffix, JSON, sheets, folders, the clipboard."""
