"""Whose file it is, from its name in a download."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.submission.platforms import (
    FOLDERS,
    PLATFORMS,
    Download,
    HandedIn,
    classroom_prefix,
    folders_around,
    platform_of,
)
from autograder.submission.platforms import recognize as recognize_as

RELEASED = frozenset({"convolution.ipynb", "batch_norm.ipynb"})
SHEET = Download(assignment="exercise09", released=RELEASED)


def recognize(path, released=frozenset(), platform="", ilias_id="login"):
    """What a path by itself is taken for."""
    download = Download("exercise09", released, ilias_id)
    return recognize_as(path, platform or platform_of([path], download), download)


@pytest.mark.parametrize(
    ("path", "student", "file"),
    [
        (
            "dl/Ada Lovelace_4711_assignsubmission_file_/convolution.ipynb",
            "4711",
            "convolution.ipynb",
        ),
        (
            "dl/Ada Lovelace_4711_assignsubmission_file/convolution.ipynb",
            "4711",
            "convolution.ipynb",
        ),
        ("Ada Lovelace_4711_assignsubmission_file_/x/a.ipynb", "4711", "x/a.ipynb"),
        ("dl/Ada_4711_assignsubmission_file_convolution.ipynb", "4711", "convolution.ipynb"),
        ("dl/Ada_4711_assignsubmission_file_all/convolution.ipynb", "4711", "convolution.ipynb"),
        ("dl/Participant_12_assignsubmission_file_/batch_norm.ipynb", "12", "batch_norm.ipynb"),
        ("dl/Gruppe 3_3_9_assignsubmission_file_/a.ipynb", "9", "a.ipynb"),
        ("dl/Ñandú Müller-Lüdenscheidt_5_assignsubmission_file_/a.ipynb", "5", "a.ipynb"),
        ("submissions/lovelaceada_4711_98765_convolution.ipynb", "4711", "convolution.ipynb"),
        (
            "submissions/lovelaceada_LATE_4711_98765_convolution-1.ipynb",
            "4711",
            "convolution.ipynb",
        ),
        ("submissions/müllerannelies_1_2_batch_norm.ipynb", "1", "batch_norm.ipynb"),
        ("submissions/anon_5aB12_98765_convolution.ipynb", "anon_5aB12", "convolution.ipynb"),
        ("submissions/LATE_anon_5aB12_98_convolution.ipynb", "anon_5aB12", "convolution.ipynb"),
        ("submissions/lovelaceada_1_2_all/x/convolution.ipynb", "1", "all/x/convolution.ipynb"),
        ("submissions/lovelaceada_1_2_try-7.ipynb", "1", "try-7.ipynb"),
        ("dl/Blatt_9_Netze_1/Abgaben/Lovelace_Ada_alovel_4711/a.ipynb", "alovel", "a.ipynb"),
        ("Sheet/Submissions/Lovelace_Ada_alovel_4711/x/a.ipynb", "alovel", "x/a.ipynb"),
        ("Sheet/Abgaben/Team 12/Lovelace_Ada_alovel_4711/a.ipynb", "alovel", "a.ipynb"),
        ("Multi_Feedback_Blatt_9/Lovelace_Ada_alovel_4711/a.ipynb", "alovel", "a.ipynb"),
        ("Lovelace_Ada_alovel_4711/convolution (2).ipynb", "alovel", "convolution.ipynb"),
        (
            "S/Abgaben/L_A_al_4/Verspaetete Abgabe - convolution.ipynb",
            "al",
            "convolution.ipynb",
        ),
        ("S/Abgaben/L_A_al_4/20241203115900_convolution.ipynb", "al", "convolution.ipynb"),
        ("S/Abgaben/L_A_al_4/my_own_folder_2/a.ipynb", "al", "my_own_folder_2/a.ipynb"),
    ],
)
def test_a_name_is_understood(path, student, file):
    one = recognize(path, RELEASED)

    assert (student, file) == (one.student, one.path)


@pytest.mark.parametrize("path", ["ada_convolution.ipynb", "dl/convolution.ipynb", "readme.txt"])
def test_other_names_are_left_to_the_configured_pattern(path):
    assert recognize_as(path, platform_of([path]), Download(unpacked=frozenset({"dl"}))) is None


@pytest.mark.parametrize(
    ("path", "platform", "student", "file"),
    [
        ("d/exercise09_s1_attempt_2026-11-20-12-00-00_a.ipynb", "blackboard", "s1", "a.ipynb"),
        (
            "d/Exercise 9_a_b_attempt_2026-11-20-12-00-00_a_b.ipynb",
            "blackboard",
            "a_b",
            "a_b.ipynb",
        ),
        ("d/Blatt_IX_al_attempt_2026-11-20-12-00-00_a.ipynb", "blackboard", "al", "a.ipynb"),
        ("d/11-2 - Ada L - Nov 20, 2026 1159 AM/x/a.ipynb", "brightspace", "11", "x/a.ipynb"),
        ("d/11-2 - A - B - Nov 2, 2026 9:05 PM/a.ipynb", "brightspace", "11", "a.ipynb"),
        ("Ex 9/L, Ada(al)/Submission attachment(s)/a.ipynb", "sakai", "al", "a.ipynb"),
        ("d/alovel/convolution.ipynb", "folders", "alovel", "convolution.ipynb"),
        ("d/exercise09/alovel/a.ipynb", "folders", "alovel", "a.ipynb"),
        ("d/submitted/alovel/exercise09/a.ipynb", "folders", "alovel", "a.ipynb"),
    ],
)
def test_the_names_of_further_platforms_are_understood(path, platform, student, file):
    download = Download("exercise09", RELEASED, unpacked=frozenset({"d"}))
    assert platform == platform_of([path], download)

    one = recognize_as(path, platform, download)

    assert (student, file) == (one.student, one.path)


def test_github_classrooms_prefix_is_no_part_of_the_login():
    paths = [f"d/exercise-9-networks-{login}/a.ipynb" for login in ("ada-l", "ada-m", "bob")]
    download = Download("exercise09", unpacked=frozenset({"d"}))

    assert "exercise-9-networks-" == classroom_prefix(paths, download)
    assert "exercise-9-" == classroom_prefix(["d/exercise-9-ada/a.ipynb"], download)
    assert "" == classroom_prefix(["d/fdl-001/a.ipynb", "d/fdl-002/a.ipynb"], download)


@pytest.mark.parametrize(
    "pattern",
    [
        "dl/dl/{0}/{1}",
        "dl/home/{0}/work/exercise09/{1}",
        "dl/course101/submitted/{0}/exercise09/{1}",
        "dl/exercise-9-11-20-2026-11-59-00/{0}/{1}",
        "dl/exercise09-collect/{0}/{1}",
        "dl/Submitted files/{0}/Exercise 9/Version 1/{1}",
        "{0}/my work/{1}",
        "{0}/{1}",
    ],
)
def test_the_folders_around_those_of_the_students_are_no_student(pattern):
    people = ("ada", "bob", "eve")
    paths = [pattern.format(one, name) for one in people for name in RELEASED]
    archives = {"dl"} if pattern.startswith("dl/") else set(people)
    download = Download("exercise09", RELEASED, unpacked=frozenset(archives))
    download = replace(download, around=folders_around(paths, download))

    found = {recognize_as(path, FOLDERS, download).student for path in paths}

    assert set(people) == found


@pytest.mark.parametrize(
    ("paths", "students"),
    [
        (["dl/ada/convolution.ipynb", "dl/ada/old/convolution.ipynb"], {"ada"}),
        (["dl/ada/1/convolution.ipynb", "dl/ada/2/batch_norm.ipynb"], {"ada"}),
        (["dl/dl/convolution.ipynb", "dl/dl/batch_norm.ipynb"], set()),
        (["dl/dl/ada/convolution.ipynb"], {"ada"}),
        (["dl/ada/convolution.ipynb", "dl/bob/batch_norm.ipynb"], {"ada", "bob"}),
    ],
)
def test_the_folders_of_one_person_are_not_taken_for_several(paths, students):
    download = Download("exercise09", RELEASED, unpacked=frozenset({"dl"}))
    download = replace(download, around=folders_around(paths, download))

    found = {one.student for path in paths if (one := recognize_as(path, FOLDERS, download))}

    assert students == found


def test_a_name_within_a_name_is_not_the_student():
    path = "dl/Ada_1_assignsubmission_file_x_999_assignsubmission_file_convolution.ipynb"

    assert "1" == recognize(path, RELEASED).student


@pytest.mark.parametrize(
    ("usual", "odd", "student"),
    [
        ("s/ada_1_90_c.ipynb", "s/eve_2_91_x_999_assignsubmission_file_c.ipynb", "2"),
        ("s/ada_1_90_c.ipynb", "s/eve_2_91_exercise_9/convolution.ipynb", "2"),
        ("s/ada_1_90_c.ipynb", "s/eve_2_91_x/Abgaben/Hopper_Grace_999_77/c.ipynb", "2"),
        ("S/Abgaben/L_A_al_4/c.ipynb", "S/Abgaben/M_E_eve_5/x_999_assignsubmission_file_c", "eve"),
        ("S/Abgaben/L_A_al_4/c.ipynb", "S/Abgaben/M_E_eve_5/x_999_77_c.ipynb", "eve"),
        ("Ada_1_assignsubmission_file_/c.ipynb", "Eve_2_assignsubmission_file_/x_9_9_c", "2"),
    ],
)
def test_a_students_own_names_do_not_make_it_another_students(usual, odd, student):
    platform = platform_of([usual, odd])

    assert student == recognize(odd, RELEASED, platform).student


def test_text_typed_into_moodle_is_told_apart():
    assert isinstance(recognize("dl/Ada_1_assignsubmission_onlinetext_/onlinetext.html"), str)


def test_the_id_in_ilias_may_be_the_number():
    path = "S/Abgaben/Lovelace_Ada_alovel_4711/a.ipynb"

    assert "4711" == recognize(path, ilias_id="number").student


def test_a_later_upload_in_canvas_has_the_larger_number():
    first, second = (
        recognize(f"s/ada_1_{upload}_convolution{number}.ipynb", RELEASED)
        for upload, number in ((99, ""), (100, "-1"))
    )

    assert first.path == second.path
    assert first.order < second.order


def test_the_time_in_an_ilias_name_is_when_it_was_handed_in():
    one = recognize("S/Abgaben/L_A_al_4/20241203115900_a.ipynb")

    assert one.time is not None


def test_what_came_after_the_deadline_of_ilias_is_the_later_attempt():
    late, punctual = (
        recognize(f"S/Abgaben/L_A_al_4/{mark}convolution{number}.ipynb", RELEASED)
        for mark, number in (("Late Submission - ", ""), ("", " (1)"))
    )

    assert late.path == punctual.path
    assert late.order > punctual.order


@given(st.lists(st.text("ab_ 19-.()", min_size=1), min_size=1, max_size=4).map("/".join))
def test_any_name_is_understood_or_not(path):
    for platform in PLATFORMS:
        one = recognize_as(path, platform, SHEET)

        assert one is None or isinstance(one, str | HandedIn)
