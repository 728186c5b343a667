"""How VS Code and Colab run a notebook, and what they write when they save it."""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager
from nbformat.v4 import output_from_msg

from .environment import Environment


class VSCode:
    """The newest kernel, each request with its cell; figures follow the editor's dark theme."""

    name = "vscode"
    kernel = "student"
    begins_with = "import matplotlib.pyplot as plt\nplt.style.use('dark_background')"

    def message(self, session, content: dict, cell: dict) -> dict:
        cell_id = {"cellId": f"vscode-notebook-cell:/home/ada/exercise.ipynb#{cell['id']}"}
        return session.msg("execute_request", content, metadata=cell_id)

    def saved(self, notebook: dict) -> dict:
        """As earlier versions wrote it: no ids, the editor's own metadata, format 4.2."""
        notebook = copy.deepcopy(notebook)
        notebook["nbformat_minor"] = 2
        notebook["metadata"] = {
            "kernelspec": {"display_name": ".venv", "language": "python", "name": "python3"},
            "language_info": {"name": "python", "nbconvert_exporter": "python"},
            "orig_nbformat": 4,
            "vscode": {"interpreter": {"hash": "5f"}},
        }
        for cell in notebook["cells"]:
            del cell["id"]
            if cell["cell_type"] == "code":
                cell["metadata"]["vscode"] = {"languageId": "python"}
        return notebook


class Colab:
    """A kernel and a protocol of years ago."""

    name = "colab"
    kernel = "colab"
    begins_with = "import os, sys"

    def message(self, session, content: dict, cell: dict) -> dict:
        message = session.msg("execute_request", content)
        message["header"]["version"] = "5.3"
        return message

    def saved(self, notebook: dict) -> dict:
        """Ids in the metadata in place of the cell, format 4.0, each source as one string."""
        notebook = copy.deepcopy(notebook)
        notebook["nbformat_minor"] = 0
        notebook["metadata"]["colab"] = {"provenance": [], "toc_visible": True}
        for number, cell in enumerate(notebook["cells"]):
            del cell["id"]
            cell["source"] = "".join(cell["source"])
            cell["metadata"]["id"] = f"{number:x}qPz7Vd3HbYw"
            if cell.get("outputs"):
                cell["metadata"]["outputId"] = f"{number:08x}-1c5e-4a44-f5d1-0a2b4c6d8e9f"
                cell["metadata"]["colab"] = {"base_uri": "https://localhost:8080/", "height": 265}
        return notebook


FRONT_ENDS = (VSCode(), Colab())


class Running:
    """A notebook that is open in a front end."""

    def __init__(self, front_end, client):
        self.front_end = front_end
        self.client = client
        self.run({"id": "start", "source": front_end.begins_with})

    def run(self, cell: dict) -> list[dict]:
        """Run a cell; its outputs, which also stand in the cell then."""
        content = {
            "code": "".join(cell["source"]),
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": True,
        }
        request = self.front_end.message(self.client.session, content, cell)
        self.client.shell_channel.send(request)
        outputs = []
        while True:
            message = self._answer(request, self.client.get_iopub_msg)
            kind = message["msg_type"]
            if kind == "status" and message["content"]["execution_state"] == "idle":
                break
            if kind in ("stream", "error", "display_data", "execute_result"):
                outputs.append(output_from_msg(message))
        reply = self._answer(request, self.client.get_shell_msg)["content"]
        if reply["status"] == "aborted":  # older kernels refuse what comes right after an error
            time.sleep(0.1)
            return self.run(cell)
        cell |= {"outputs": outputs, "execution_count": reply.get("execution_count")}
        return outputs

    def _answer(self, request: dict, next_message) -> dict:
        """The next message that answers this request."""
        while True:
            message = next_message(timeout=60)
            if message["parent_header"].get("msg_id") == request["header"]["msg_id"]:
                return message

    def run_all(self, notebook: dict) -> dict | None:
        """Run all cells as far as the first error; that cell, as it was then."""
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code" and failed(self.run(cell)):
                return copy.deepcopy(cell)
        return None


def failed(outputs: list[dict]) -> str:
    """The name of the exception that a cell ended with, "" if with none."""
    return next((one["ename"] for one in outputs if one["output_type"] == "error"), "")


@contextmanager
def opened(front_end, environment: Environment, folder: Path) -> Iterator[Running]:
    """A kernel as the front end starts it."""
    specs = KernelSpecManager(kernel_dirs=[str(environment.kernels / "kernels")])
    kernel = KernelManager(kernel_name=front_end.kernel, kernel_spec_manager=specs)
    kernel.start_kernel(cwd=str(folder), env=environment.variables())
    client = kernel.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        yield Running(front_end, client)
    finally:
        client.stop_channels()
        kernel.shutdown_kernel(now=True)
