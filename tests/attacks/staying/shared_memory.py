"""Leaves shared memory behind.

Must be gone for the next notebook.

Ends: ok
Ends under Landlock: error
"""
# ruff: noqa

from multiprocessing import shared_memory, resource_tracker
memory = shared_memory.SharedMemory("left_behind", create=True, size=1000)
resource_tracker.unregister(memory._name, "shared_memory")
