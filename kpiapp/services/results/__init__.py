"""监控 and 自评 in a library: started, entered, printed and reported."""
