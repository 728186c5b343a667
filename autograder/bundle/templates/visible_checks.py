"""Runs all notebooks of a folder and says which visible checks pass; exits 1 if one does not."""

import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError

lines, failed = [], 0
for path in sorted(Path(sys.argv[1]).glob("*.ipynb")):
    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(path.parent)}}
    client = NotebookClient(notebook, timeout=120, allow_errors=True, resources=resources)
    try:
        client.execute()
    except (CellTimeoutError, DeadKernelError) as error:
        lines.append(f"- {path.name} was stopped: {str(error).splitlines()[0]}")
        failed += 1
    for cell in notebook.cells:
        info = cell.metadata.get("nbgrader", {})
        if cell.cell_type != "code" or not info.get("grade"):
            continue
        errors = [output for output in cell.outputs if output.output_type == "error"]
        ran = cell.execution_count is not None
        said = f": {errors[0].ename}: {errors[0].evalue}" if errors else "" if ran else ": not run"
        passes = ran and not errors
        failed += not passes
        lines.append(f"- [{'x' if passes else ' '}] {info['grade_id']}{said}")
if not lines:
    sys.exit(f"there is no notebook in {sys.argv[1]}")
print("\n".join(lines))
if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
    Path(summary).write_text("\n".join(lines) + "\n", encoding="utf-8")
sys.exit(failed > 0)
