"""Prints as much as one cell may, in many cells.

Must be cut: all cells together have a limit as well.

Ends: ok
"""
# ruff: noqa

print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
# %%
print("x" * 900_000)
