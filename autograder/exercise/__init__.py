"""What an exercise is: its source notebooks, tasks, calls and known answers."""
