"""Nothing that a student wrote runs, reads or sends; and no other site's page can mark."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPResponse
from pathlib import Path

import pytest

from autograder.course.course import Course
from autograder.marking.answers import HTML, MATHML, parsed, tree_of
from autograder.marking.server import POLICY

from .conftest import Grader, Server
from .gradebooks import TASK, course_with, rows

HOSTILE = {
    "script": "<script>fetch('/autograder/mark/api/exercise09/overview')</script>",
    "image": '<img src="http://evil.example/x.png" onerror="alert(1)">',
    "markdown": "![x](http://evil.example/y.png) [click](javascript:alert(1))",
    "svg": "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "style": "<style>@import url(http://evil.example/z.css);</style>",
    "frame": '<iframe src="http://evil.example/"></iframe><object data="x"></object>',
    "form": '<form action="http://evil.example/"><input name=a autofocus onfocus=alert(1)></form>',
    "link": '<a href="http://evil.example/" onclick="alert(1)">your points</a>',
    "base": '<base href="http://evil.example/"><meta http-equiv=refresh content="0;url=//evil">',
    "maths": r"$\href{javascript:alert(1)}{x}$ $\style{background:url(//evil.example)}{y}$",
    "mathml": '<math><mi xlink:href="javascript:alert(1)">x</mi></math>',
    "nested": "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "template": "${alert(1)} {{constructor.constructor('alert(1)')()}} [[base]]",
    "deep": "> " * 500 + "deep",
    "ids": '<p id="answer" class="badge">x</p><input id="save">',
}
ALLOWED = HTML | MATHML


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    folder = tmp_path_factory.mktemp("hostile") / "course"
    return course_with(folder, {name: {TASK: text} for name, text in HOSTILE.items()})


@pytest.fixture(scope="module")
def server(course: Course, serve: Callable[..., Server]) -> Server:
    return serve(course)


def ask(
    server: Server, path: str, body: object = None, method: str = "", **headers: str
) -> tuple[int, str, dict[str, str]]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{server.port}{path}",
        data,
        {name.replace("_", "-"): value for name, value in headers.items()},
        method=method or ("POST" if data is not None else "GET"),
    )
    try:
        reply: HTTPResponse
        with urllib.request.urlopen(request, timeout=60) as reply:
            return reply.status, reply.read().decode(), dict(reply.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), dict(error.headers)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_becomes_a_tree_without_anything_that_runs_or_loads(name: str) -> None:
    def walk(tree: object) -> None:
        if isinstance(tree, str):
            return
        assert isinstance(tree, list)
        tag, attributes, children = tree
        assert tag in ALLOWED, tag
        for key, value in attributes.items():
            assert not key.startswith("on") and key not in ("href", "id", "class", "style")
            assert key != "src" or value.startswith("data:image/")
        for child in children:
            walk(child)

    walk(tree_of(HOSTILE[name]))
    walk(parsed(HOSTILE[name]))


def test_the_browser_asks_for_nothing_outside_and_runs_nothing_of_a_student(
    server: Server, grader: Callable[..., Grader]
) -> None:
    one = grader(server)
    dialogs: list[str] = []
    one.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    one.open()
    buttons = one.page.locator("#answers button")
    assert len(HOSTILE) == buttons.count()
    for place in range(len(HOSTILE)):
        buttons.nth(place).click()
        one.until(lambda: one.text() != "…")
        outside = one.page.locator("#answer :is(script, iframe, form, a, input, style, svg)")
        assert not outside.count()

    assert not dialogs
    own = (f"http://127.0.0.1:{server.port}/autograder/mark", "data:")
    assert not [url for url in one.asked if not url.startswith(own)]
    assert not one.complaints


def test_the_policy_stops_a_script_even_if_one_came_into_the_page(
    server: Server, grader: Callable[..., Grader]
) -> None:
    one = grader(server)
    one.open()
    said = one.page.evaluate(
        """async () => {
            const said = [];
            try { document.body.innerHTML += '<b>x</b>'; said.push('html'); } catch {}
            try { await fetch('http://evil.example/'); said.push('fetch'); } catch {}
            const script = document.createElement('script');
            try { script.textContent = 'window.ran = true'; document.body.append(script); } catch {}
            const picture = new Image();
            const loaded = new Promise(done => {
                picture.onload = () => done('picture');
                picture.onerror = () => done('');
            });
            picture.src = 'http://evil.example/x.png';
            said.push(await loaded);
            if (window.ran) said.push('script');
            return said.filter(Boolean);
        }"""
    )

    assert not said


def test_every_answer_of_the_server_has_the_policy(server: Server) -> None:
    login = {"Authorization": f"token {server.token}"}
    for path in ("exercise09", "mark.js", "mark.css", "api/exercise09/overview"):
        status, _, headers = ask(server, f"/autograder/mark/{path}", **login)

        assert 200 == status
        assert POLICY == headers["Content-Security-Policy"]
        assert "nosniff" == headers["X-Content-Type-Options"]
    assert "unsafe" not in POLICY


def test_the_page_has_no_inline_script_and_no_outside_address() -> None:
    folder = Path(__file__).parents[2] / "autograder" / "marking" / "page"
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()))
    page = (folder / "index.html").read_text(encoding="utf-8")

    assert "http://www.w3.org/1998/Math/MathML" in text
    assert not text.replace("http://www.w3.org/1998/Math/MathML", "").count("http")
    assert 1 == page.count("<script") and "style=" not in page and " on" + "click" not in page
    assert "innerHTML" not in text and "eval(" not in text


MARK = "/autograder/mark/api/exercise09/mark/" + TASK
DECISION = {"action": "forged", "seen": {"x": "0"}, "rubric": 1, "items": []}


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (403, {}),  # nobody
        (403, {"Authorization": "token wrong"}),
        (403, {"Authorization": "TOKEN", "Sec_Fetch_Site": "cross-site"}),
        (403, {"Authorization": "TOKEN", "Sec_Fetch_Site": "same-site"}),
        (415, {"Authorization": "TOKEN", "Content_Type": "text/plain"}),
        (415, {"Authorization": "TOKEN", "Content_Type": "application/x-www-form-urlencoded"}),
    ],
)
def test_what_another_sites_page_could_send_is_refused(
    server: Server, course: Course, status: int, headers: dict[str, str]
) -> None:
    headers = {
        key: value.replace("TOKEN", f"token {server.token}") for key, value in headers.items()
    }

    found, _, _ = ask(server, MARK, DECISION, **({"Content_Type": "application/json"} | headers))

    assert status == found
    assert all(waits for _, waits, _ in rows(course).values())


def test_a_cookie_alone_marks_nothing_without_the_xsrf_token(
    server: Server, grader: Callable[..., Grader]
) -> None:
    one = grader(server)
    one.open()
    cookie = "; ".join(f"{c['name']}={c['value']}" for c in one.page.context.cookies())
    xsrf = next(c["value"] for c in one.page.context.cookies() if c["name"] == "_xsrf")
    sent = {"Cookie": cookie, "Content_Type": "application/json"}

    without, _, _ = ask(server, MARK, DECISION, **sent)
    origin, _, _ = ask(
        server, MARK, DECISION, **sent, X_XSRFToken=xsrf, Origin="http://evil.example"
    )
    read, _, _ = ask(
        server, "/autograder/mark/api/exercise09/overview", Cookie=cookie, Referer="http://evil/"
    )
    right, _, _ = ask(server, MARK, DECISION, **sent, X_XSRFToken=xsrf)

    assert (403, 404, 403) == (without, origin, read)
    assert 404 == right, "it gets through, and there is no such answer"


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("mark", {}),
        ("mark", {"action": "a", "seen": {}, "rubric": 1}),
        ("mark", {"action": "a", "seen": [1], "rubric": 1}),
        ("mark", {"action": "a", "seen": {"x": "0"}, "rubric": "1"}),
        ("mark", {"action": "a", "seen": {"x": "0"}, "rubric": 1, "adjustment": "many"}),
        ("mark", {"action": "a", "seen": {"x": "0"}, "rubric": 1, "adjustment": 1e9}),
        ("mark", {"action": "a", "seen": {"x": "0"}, "rubric": 1, "comment": "x" * 20_000}),
        ("edit", {"action": "a", "points": float("inf"), "text": "x"}),
        ("edit", {"action": "a", "points": 1, "text": " "}),
        ("claim", {"window": "w", "keys": "all"}),
        ("comment", {"text": ""}),
    ],
)
def test_nonsense_is_refused_in_a_sentence(
    server: Server, what: str, body: dict[str, object]
) -> None:
    status, text, _ = ask(
        server,
        f"/autograder/mark/api/exercise09/{what}/{TASK}",
        body,
        Authorization=f"token {server.token}",
        Content_Type="application/json",
    )

    assert 400 == status
    assert json.loads(text)["message"]


def test_no_name_of_a_student_is_sent_to_the_page(server: Server) -> None:
    login = {"Authorization": f"token {server.token}"}
    _, question, _ = ask(server, f"/autograder/mark/api/exercise09/question/{TASK}", **login)
    keys = [one["key"] for one in json.loads(question)["answers"]]
    values = json.loads(question)
    for one in values["answers"]:
        assert one.keys() <= {
            *("key", "n", "done", "score", "choice", "comment", "outside", "grader", "at"),
            *("version", "excerpt", "blank"),
        }
    assert len(HOSTILE) == len(set(keys))
    assert not any(name in keys for name in HOSTILE)
