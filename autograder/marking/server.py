"""The page as an extension of Jupyter's server, which brings login, address and XSRF cookie."""

from __future__ import annotations

import asyncio
import html
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.extension.application import ExtensionApp
from jupyter_server.utils import url_path_join
from tornado import web
from traitlets import Unicode

from autograder.errors import AutograderError

if TYPE_CHECKING:
    from autograder.marking.desk import Desk

PAGE = Path(__file__).with_name("page")
FILES = {"mark.js": "text/javascript", "mark.css": "text/css"}

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        # The page makes no element from text, so not even a fault of its own could run anything.
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]
)

MOST_BYTES = 2_000_000
"""Of a request."""


class Desks:
    """The assignments that are being marked, opened when they are first asked for."""

    def __init__(self, course_dir: Path):
        self.course_dir = course_dir
        self.threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="marking")
        self._desks: dict[str, Desk] = {}
        self._opening = asyncio.Lock()

    async def desk(self, assignment: str) -> Desk:
        async with self._opening:
            if assignment not in self._desks:
                loop = asyncio.get_running_loop()
                opened = await loop.run_in_executor(self.threads, self._open, assignment)
                self._desks[assignment] = opened
            return self._desks[assignment]

    def _open(self, assignment: str) -> Desk:
        from autograder.course.course import open_course
        from autograder.marking.desk import Desk

        return Desk(open_course(self.course_dir), assignment)


class Guarded:
    """What all answers of the server have: the policy, and no place in another site's page."""

    @property
    def content_security_policy(self) -> str:
        return POLICY

    def set_default_headers(self) -> None:
        super().set_default_headers()  # type: ignore[misc]
        self.set_header("Referrer-Policy", "same-origin")  # type: ignore[attr-defined]
        self.set_header("Cross-Origin-Opener-Policy", "same-origin")  # type: ignore[attr-defined]
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")  # type: ignore[attr-defined]
        self.set_header("Cache-Control", "no-store")  # type: ignore[attr-defined]


class Page(Guarded, JupyterHandler):
    """The page itself, which holds nothing of a student."""

    @web.authenticated
    def get(self, assignment: str) -> None:
        values = {
            "base": url_path_join(self.base_url, "autograder/mark"),
            "assignment": assignment,
            "xsrf": self.xsrf_token.decode(),
        }
        text = (PAGE / "index.html").read_text(encoding="utf-8")
        for name, value in values.items():
            text = text.replace(f"[[{name}]]", html.escape(value))
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(text)


class PageFile(Guarded, JupyterHandler):
    """Its script and its style."""

    @web.authenticated
    def get(self, name: str) -> None:
        self.set_header("Content-Type", f"{FILES[name]}; charset=utf-8")
        self.finish((PAGE / name).read_text(encoding="utf-8"))


class Api(Guarded, APIHandler):
    """The page's questions, each answered in a thread, so that none waits for another."""

    async def prepare(self) -> None:  # type: ignore[override]
        # Browsers say where a request comes from. With a token in hand, as programs have it, the
        # server's own checks are left out, but no other site's page may use one either.
        if self.request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            raise web.HTTPError(403, "This request comes from another site.")
        await super().prepare()

    @property
    def desks(self) -> Desks:
        desks: Desks = self.settings["autograder_marking_desks"]
        return desks

    def grader(self, wanted: object) -> str:
        """Who is asking. Where the server knows nobody by name, people say theirs themselves."""
        user = self.current_user
        known = str(user.display_name or user.name or user.username)
        if known.startswith("Anonymous") and isinstance(wanted, str) and wanted.strip():
            return wanted.strip()[:80]
        return known[:80]

    @web.authenticated
    async def get(self, assignment: str, what: str, task: str | None = None) -> None:
        self.check_xsrf_cookie()  # reading is for this page only, too
        grader = self.grader(self.get_query_argument("grader", ""))
        desk = await self._desk(assignment)
        if desk is None:
            return
        calls: dict[str, Callable[[], Any]] = {
            "overview": lambda: desk.overview() | {"grader": grader},
            "patch": lambda: {"patch": desk.scheme_patch()},
        }
        if task is not None:
            second = self.get_query_argument("second", "") == "1"
            keys = self.get_query_argument("keys", "").split(",")
            calls |= {
                "question": partial(desk.question, task, grader, second),
                "answers": partial(desk.answers, task, keys),
                "search": partial(desk.search, task, self.get_query_argument("words", "")),
                "history": partial(desk.history, task, keys[0]),
                "statistics": partial(desk.statistics, task),
            }
        await self._answer(calls.get(what))

    @web.authenticated
    async def post(self, assignment: str, what: str, task: str | None = None) -> None:
        if self.request.headers.get("Content-Type", "").split(";")[0] != "application/json":
            raise web.HTTPError(415, "JSON is expected.")
        if len(self.request.body) > MOST_BYTES:
            raise web.HTTPError(413, "This is too much at once.")
        try:
            values = json.loads(self.request.body)
        except ValueError:
            values = None
        if not isinstance(values, dict) or task is None:
            raise web.HTTPError(400, "An object and a task are expected.")
        grader = self.grader(values.get("grader"))
        desk = await self._desk(assignment)
        if desk is None:
            return
        calls: Mapping[str, Callable[[], Any]] = {
            "mark": partial(desk.mark, task, grader, values),
            "second": partial(desk.mark_second, task, grader, values),
            "undo": partial(desk.undo, task, grader, values),
            "preview": partial(desk.preview, task, values),
            "edit": partial(desk.edit, task, grader, values),
            "claim": partial(desk.claim, task, grader, values),
            "comment": partial(desk.save_comment, task, grader, values),
            "states": partial(desk.states, task, _keys(values)),
        }
        await self._answer(calls.get(what), desk, task)

    async def _desk(self, assignment: str) -> Desk | None:
        try:
            return await self.desks.desk(assignment)
        except AutograderError as error:
            self._refuse(404, str(error))
            return None

    async def _answer(
        self, call: Callable[[], Any] | None, desk: Desk | None = None, task: str = ""
    ) -> None:
        if call is None:
            raise web.HTTPError(404, "There is no such question.")
        from autograder.marking.storage import Conflict, NotThere

        loop = asyncio.get_running_loop()
        run = partial(loop.run_in_executor, self.desks.threads)
        try:
            found = await run(call)
        except Conflict as error:
            values: dict[str, Any] = {"keys": error.keys}
            if desk is not None:
                values["states"] = await run(partial(desk.states, task, error.keys))
            self._refuse(409, str(error), **values)
        except NotThere as error:
            self._refuse(404, str(error))
        except ValueError as error:
            self._refuse(400, str(error))
        except AutograderError as error:
            self._refuse(503, str(error))
        else:
            self.finish(json.dumps(found))

    def _refuse(self, status: int, message: str, **values: Any) -> None:
        self.set_status(status)
        self.finish(json.dumps({"message": message} | values))


def _keys(values: Mapping[str, object]) -> list[str]:
    keys = values.get("keys", [])
    return list(map(str, keys)) if isinstance(keys, list) else []


class MarkingExtension(ExtensionApp):
    """Adds the page to a server: `jupyter lab` with it, or `autograder mark` alone."""

    name = "autograder_marking"
    app_name = "autograder mark"
    extension_url = "/autograder/mark"

    course_dir = Unicode(
        "", help="The course folder; by default nbgrader's, else the folder of the server."
    ).tag(config=True)

    def initialize_settings(self) -> None:
        self.settings["autograder_marking_desks"] = Desks(self._course_dir())

    def _course_dir(self) -> Path:
        if self.course_dir:
            return Path(self.course_dir).absolute()
        from autograder.course.course import open_course

        assert self.serverapp is not None
        here = Path(self.serverapp.root_dir).absolute()
        try:
            root = open_course(here).config.CourseDirectory.get("root", "")
        except AutograderError:
            root = ""
        return Path(root).absolute() if root else here

    def initialize_handlers(self) -> None:
        name = r"(?P<assignment>[A-Za-z_]\w*)"
        files = "|".join(name.replace(".", r"\.") for name in FILES)
        self.handlers.extend(
            [
                (rf"/autograder/mark/(?P<name>{files})", PageFile),
                (rf"/autograder/mark/{name}", Page),
                (rf"/autograder/mark/api/{name}/(?P<what>[a-z]+)", Api),
                (rf"/autograder/mark/api/{name}/(?P<what>[a-z]+)/(?P<task>\w+)", Api),
            ]
        )


def start(course_dir: Path, assignment: str, options: list[str]) -> None:
    """Start a server with the page alone, and open it in a browser.

    Args:
        course_dir: the course folder.
        assignment: the assignment.
        options: further options of Jupyter's server.
    """

    from jupyter_server.serverapp import ServerApp

    server = ServerApp.instance(jpserver_extensions={"autograder.marking": True})
    server.initialize(
        [
            f"--ServerApp.root_dir={course_dir}",
            f"--MarkingExtension.course_dir={course_dir}",
            f"--MarkingExtension.default_url=/autograder/mark/{assignment}",
            "--ServerApp.terminals_enabled=False",
            *options,
        ],
        find_extensions=False,
        starter_extension=MarkingExtension.name,
    )
    server.start()
