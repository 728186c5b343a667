"""From a draft to the answers and own cells of one of the exercise's notebooks."""
