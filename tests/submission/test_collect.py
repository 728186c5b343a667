"""`nbgrader zip_collect` on downloads of the platforms, as an instructor runs it."""

import json
from pathlib import Path

import pytest
from support.platforms import canvas, ilias, moodle, notebook, put, with_link, zipped
from support.warm import run_nbgrader

ROOT = Path(__file__).parents[2]
CONFIG = """
c = get_config()
c.ZipCollectApp.extractor_plugin = "autograder.submission.collect.SafeExtractor"
c.ZipCollectApp.collector_plugin = "autograder.submission.collect.LearningPlatformCollector"
c.FileNameCollectorPlugin.named_regexp = r".*/(?P<student_id>[^/_]+)_(?P<file_id>[^/]+)$"
"""


class Course:
    def __init__(self, root: Path):
        self.root = root
        (root / "nbgrader_config.py").write_text(CONFIG)
        for name in ("convolution", "batch_norm"):
            put(root / "release" / "exercise09" / f"{name}.ipynb", notebook())

    def put(self, name: str, content: bytes) -> None:
        put(self.root / "downloaded" / "exercise09" / "archive" / name, content)

    def collect(self, *options: str, code: int = 0) -> str:
        """Run the command; gives back what it says from warnings on."""
        done = run_nbgrader(["zip_collect", "exercise09", *options], cwd=self.root)
        assert code == done.returncode, done.stderr
        lines = done.stderr.splitlines()
        return "\n".join(line for line in lines if "WARNING" in line or "ERROR" in line)

    @property
    def submitted(self) -> dict[str, str]:
        """What was collected: the text of each notebook (or "") by its path."""
        folder = self.root / "submitted"
        found = {}
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                assert not path.is_symlink()
                content = path.read_bytes()
                text = json.loads(content)["cells"][0]["source"] if content[:1] == b"{" else ""
                found[path.relative_to(folder).as_posix().replace("/exercise09", "")] = text
        return found


@pytest.fixture
def course(tmp_path):
    return Course(tmp_path)


def test_a_moodle_download_is_collected(course):
    course.put(
        "FDL24-Exercise 9-778.zip",
        moodle(
            {
                ("Ada Lovelace", 11): {
                    "convolution.ipynb": notebook("a1"),
                    "batch_norm.ipynb": notebook("a2"),
                },
                ("Émilie du Châtelet", 12): {"convolution.ipynb": notebook("e")},
                ("Émilie du Châtelet", 13): {"convolution.ipynb": notebook("another one")},
            }
        ),
    )

    said = course.collect()

    assert {
        "11/convolution.ipynb": "a1",
        "11/batch_norm.ipynb": "a2",
        "12/convolution.ipynb": "e",
        "13/convolution.ipynb": "another one",
    } == course.submitted
    assert "skipped" not in said


def test_a_moodle_download_without_folders_is_collected(course):
    people = {("Ada Lovelace", 11): {"convolution.ipynb": notebook("a")}}
    course.put("x.zip", moodle(people, folders=False))

    course.collect()

    assert {"11/convolution.ipynb": "a"} == course.submitted


def test_a_canvas_download_is_collected(course):
    course.put(
        "submissions.zip",
        canvas(
            {
                ("lovelaceada", 11, 901, "convolution.ipynb"): notebook("early"),
                ("lovelaceada", 11, 905, "convolution-1.ipynb"): notebook("late"),
                ("lovelaceada", 11, 904, "batch_norm-2.ipynb"): notebook("b"),
                ("noetheremmy_LATE", 12, 910, "convolution.ipynb"): notebook("n"),
            }
        ),
    )

    said = course.collect()

    assert {
        "11/convolution.ipynb": "late",
        "11/batch_norm.ipynb": "b",
        "12/convolution.ipynb": "n",
    } == course.submitted
    assert "is the later attempt" in said


def test_an_ilias_download_is_collected(course):
    course.put(
        "Blatt_9.zip",
        ilias(
            {
                "Lovelace_Ada_alovel_11": {
                    "convolution.ipynb": notebook("first"),
                    "convolution (2).ipynb": notebook("second"),
                },
                "von Neumann_John_jneum_12": {
                    "Verspaetete Abgabe - batch_norm.ipynb": notebook("late")
                },
            }
        ),
    )

    course.collect()

    assert {
        "alovel/convolution.ipynb": "second",
        "jneum/batch_norm.ipynb": "late",
    } == course.submitted


def test_of_two_downloads_the_later_one_counts(course):
    person = ("Ada Lovelace", 11)
    for name, when, text in (
        ("b.zip", (2024, 12, 1, 8, 0, 0), "monday"),
        ("a.zip", (2024, 12, 2, 8, 0, 0), "tuesday"),
    ):
        course.put(name, moodle({person: {"convolution.ipynb": notebook(text)}}, when=when))

    course.collect()

    assert {"11/convolution.ipynb": "tuesday"} == course.submitted


def test_an_archive_that_a_student_handed_in_is_opened(course):
    inner = zipped({"my work/convolution.ipynb": notebook("a"), "notes.txt": b"n"})
    course.put("x.zip", moodle({("Ada", 11): {"homework.zip": inner}}))

    course.collect()

    assert {"11/convolution.ipynb": "a", "11/homework/notes.txt": ""} == course.submitted


def test_a_bomb_of_one_student_harms_nobody_else(course):
    bomb = zipped({f"{n}.ipynb": bytes(40_000_000) for n in range(5)})
    course.put(
        "x.zip",
        moodle(
            {
                ("Eve", 66): {"homework.zip": bomb},
                ("Ada", 11): {"convolution.ipynb": notebook("a")},
            }
        ),
    )

    said = course.collect()

    assert {"11/convolution.ipynb": "a", "66/homework.zip": ""} == course.submitted
    (line,) = [line for line in said.splitlines() if "homework.zip" in line and "left as" in line]
    assert "more than 150 MB" in line


def test_a_download_that_is_a_bomb_is_refused_in_one_line(course):
    course.put("bomb.zip", zipped({str(n): b"" for n in range(60)}))
    course.put("good.zip", moodle({("Ada", 11): {"convolution.ipynb": notebook("a")}}))

    said = course.collect("--SafeExtractor.files=50")

    assert {"11/convolution.ipynb": "a"} == course.submitted
    assert 1 == sum("bomb.zip" in line and "refused" in line for line in said.splitlines())


def test_nothing_outside_is_written_and_no_link_is_followed(course, tmp_path):
    before = set(tmp_path.parent.iterdir())
    course.put(
        "x.zip",
        zipped(
            {
                "../../../../escaped.ipynb": notebook(),
                "Ada_1_assignsubmission_file_/../../../../../escaped.ipynb": notebook(),
                "Ada_1_assignsubmission_file_/..\\..\\escaped.ipynb": notebook(),
                "x_x_.._1/convolution.ipynb": notebook(),
                "Ada_1_assignsubmission_file_/convolution.ipynb": notebook("a"),
            }
        ),
    )
    course.put("y.zip", with_link("Eve_2_assignsubmission_file_/convolution.ipynb", "/etc/passwd"))

    said = course.collect()

    assert {"1/convolution.ipynb": "a"} == course.submitted
    assert [] == list(tmp_path.rglob("escaped*"))
    assert before == set(tmp_path.parent.iterdir())
    assert 3 == said.count("leads out of the folder")
    assert "link" in said


def test_a_student_cannot_say_when_it_was_handed_in(course):
    files = {"convolution.ipynb": notebook("a"), "timestamp.txt": b"2000-01-01 00:00:00 UTC"}
    course.put("x.zip", moodle({("Eve", 66): files}))

    course.collect()

    assert {"66/convolution.ipynb": "a"} == course.submitted


def test_the_time_of_a_download_is_no_hand_in_unless_one_says_so(course):
    course.put("x.zip", moodle({("Ada", 11): {"convolution.ipynb": notebook("a")}}))

    course.collect()
    assert "11/timestamp.txt" not in course.submitted

    course.collect("--force", "--LearningPlatformCollector.times_are_hand_ins=True")
    stamp = course.root / "submitted/11/exercise09/timestamp.txt"
    assert stamp.read_text().startswith("2024-12-09")


def test_other_names_still_follow_the_configured_pattern(course):
    course.put("ada_convolution.ipynb", notebook("a"))

    course.collect()

    assert {"ada/convolution.ipynb": "a"} == course.submitted


def test_a_name_that_is_not_the_platforms_is_told_with_the_student_it_is_taken_for(course):
    course.put("m.zip", moodle({("Ada", n): {"convolution.ipynb": notebook()} for n in (1, 2)}))
    course.put("submissions/lovelaceada_11_98_convolution.ipynb", notebook("Canvas"))

    said = " ".join(course.collect().split())

    assert "1 files have no names as Moodle gives them" in said
    assert "for that of 'lovelaceada'" in said


def test_a_notebook_that_belongs_to_nobody_is_told(course):
    course.put("x.zip", zipped({"convolution.ipynb": notebook("whose?")}))

    said = course.collect(code=1)

    assert {} == course.submitted
    assert "do not say whose they are" in said


TWO = ("convolution.ipynb", "batch_norm.ipynb")


@pytest.mark.parametrize(
    "names",
    [
        "exercise09_{0}_attempt_2026-11-20-12-00-00_{1}",
        "Exercise 9_{0}_attempt_2026-11-20-12-00-00_{1}",
        "47-{0} - Person {0} - Nov 20, 2026 1159 AM/{1}",
        "Exercise 9/Lovelace, Ada({0})/Submission attachment(s)/{1}",
        "{0}/{1}",
        "{0}/exercise09/{1}",
        "Exercise 9/{0}/{1}",
        "exercise-9-networks-{0}/{1}",
    ],
)
def test_the_downloads_of_other_platforms_are_collected(course, names):
    people = ("11", "12", "13")
    course.put(
        "x.zip",
        zipped({names.format(one, name): notebook(one + name) for one in people for name in TWO}),
    )

    course.collect()

    found = {
        path: text for path, text in course.submitted.items() if not path.endswith("timestamp.txt")
    }
    assert {f"{one}/{name}": one + name for one in people for name in TWO} == found


def test_gradescopes_export_is_collected_by_its_metadata(course):
    metadata = """
submission_98:
  :submitters:
  - :name: Ada Lovelace
    :sid: '11'
    :email: ada@example.org
  :created_at: 2026-11-20 11:59:00.000000000 Z
submission_99:
  :submitters:
  - :name: Emmy
    :sid:
    :email: emmy@example.org
"""
    files = {
        f"assignment_1_export/submission_{number}/convolution.ipynb": notebook(str(number))
        for number in (98, 99)
    }
    files["assignment_1_export/submission_metadata.yml"] = metadata.encode()
    course.put("x.zip", zipped(files))

    course.collect()

    found = course.submitted
    assert "98" == found["11/convolution.ipynb"]
    assert "99" == found["emmy@example.org/convolution.ipynb"]
    stamp = course.root / "submitted/11/exercise09/timestamp.txt"
    assert stamp.read_text().startswith("2026-11-20 11:59:00")


def test_without_gradescopes_metadata_nobody_gets_anothers_work(course):
    course.put("x.zip", zipped({"export/submission_98/convolution.ipynb": notebook()}))

    said = course.collect(code=1)

    assert {} == course.submitted
    assert "submission_metadata.yml" in said


@pytest.mark.parametrize(
    "name", ["batch_norm.ipynb", "batch_norm (1).ipynb", "batch_norm_final.ipynb"]
)
def test_the_name_of_a_notebook_is_no_student(course, name):
    course.put(name, notebook())

    course.collect(code=1)

    assert {} == course.submitted


def test_the_name_of_the_assignment_is_no_student(course):
    course.put("exercise09_convolution.ipynb", notebook())
    course.put("Exercise 9/convolution.ipynb", notebook())

    said = course.collect(code=1)

    assert {} == course.submitted
    assert "names the assignment or a notebook" in said


def test_archives_of_one_person_each_are_named_after_these(course):
    for person in ("ada", "bob"):
        course.put(f"{person}.zip", zipped({f"work/{name}": notebook(person) for name in TWO}))

    course.collect()

    assert {f"{one}/{name}": one for one in ("ada", "bob") for name in TWO} == course.submitted


def test_an_id_that_several_people_would_share_is_nobodys(course):
    names = [f"{person}_task_7_{upload}_98_c.ipynb" for person, upload in (("ada", 1), ("bob", 2))]
    course.put("x.zip", zipped({name: notebook() for name in names}))

    said = course.collect(code=1)

    assert {} == course.submitted
    assert "'1' would be" not in said and "'98'" not in said
    assert "would be the id of several people" in said


def test_a_notebooks_whole_name_at_the_end_is_not_cut(course):
    for name in TWO:
        course.put(f"ada-{name}", notebook(name))

    course.collect()

    assert {f"ada/{name}": name for name in TWO} == course.submitted


def test_one_folder_of_files_that_name_their_students_is_no_student(course):
    for person in ("ada", "bob"):
        course.put(f"uploads/{person}_convolution.ipynb", notebook(person))

    course.collect()

    assert {
        "ada/convolution.ipynb": "ada",
        "bob/convolution.ipynb": "bob",
    } == course.submitted


def test_a_notebook_under_another_ending_is_not_lost(course):
    course.put("x.zip", moodle({("Ada", 11): {"convolution.ipynb.txt": notebook("a")}}))

    course.collect()

    assert {"11/convolution.ipynb.txt": "a"} == course.submitted
