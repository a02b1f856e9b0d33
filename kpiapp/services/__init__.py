"""What a person can ask the program to do; the window and the command line call these."""
