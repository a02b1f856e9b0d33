"""What the forms of 监控 and 自评 hold, and what follows from their entries."""
