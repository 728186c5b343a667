"""The inside end: the program that runs a student's notebook behind the wall.

It is self-contained and imports nothing of this project: inside the sandbox the project does not
exist. Its parts, in the order in which data walks through them:

    main        starts up once, then forks one process for each notebook (the fork server)
    walls       what a fork builds around itself before the first line of a student's code
    seccomp     the system calls it gives up for good
    notebook    takes requests: run a cell, call functions
    shell       IPython as students know it, with its outputs recorded
    recorder    the outputs of one cell, as nbformat has them, up to a size
    calls       calls functions and writes down what came back
    hints       notices, for information only, what code reached for
    wire        frames and plain values; the outside end reads with the same file
"""
