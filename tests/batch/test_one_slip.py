"""A helper of the student's own that divides by B costs its points once, not in six tasks."""

from __future__ import annotations

from nbgrader.api import Gradebook
from support.courses import ASSIGNMENT, hand_in, new_course, notebook, run

from autograder.exercise.filled_in import fill_in

BODIES = {
    "batch_statistics(H)": "return mean_std(H)",
    "standardize(H)": "mu, sigma = mean_std(H)\n    return (H - mu) / sigma",
    "batch_norm(H, gamma, theta)": (
        "mu, sigma = mean_std(H)\n    return gamma * (H - mu) / sigma + theta"
    ),
    "recover_layer(H)": "mu, sigma = mean_std(H)\n    return sigma, mu",
    "network_standardized(x, w1, w2, phi)": (
        "mu, sigma = mean_std(w1 * x)\n    return w2 * phi((w1 * x - mu) / sigma)"
    ),
    "network_batch_norm(x, w1, w2, gamma, theta, phi)": (
        "mu, sigma = mean_std(w1 * x)\n    return w2 * phi(gamma * (w1 * x - mu) / sigma + theta)"
    ),
    "equivalent_weight(w1)": "return 2 * w1",
}
HELPER = "def mean_std(H):\n    return H.mean(axis=0), H.std(axis=0)\n\n\n"


def test_the_slip_of_an_own_helper_costs_in_full_once_and_the_feedback_says_so(tmp_path, exercise):
    answers = {
        head.split("(")[0]: (f"{HELPER if k == 0 else ''}def {head}:\n    {body}",)
        for k, (head, body) in enumerate(BODIES.items())
    }
    course = new_course(tmp_path)
    hand_in(course, "ada", {"batch_norm.ipynb": fill_in(exercise, "batch_norm", answers)})

    run(course, "autograder", "grade", ASSIGNMENT)

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        (graded,) = (
            one
            for one in gradebook.find_submission(ASSIGNMENT, "ada").notebooks
            if one.name == "batch_norm"
        )
        points = {one.name: one.auto_score for one in graded.grades if one.auto_score is not None}
    assert points == {
        "test_batch_statistics": 0,
        "test_standardize": 2.25,
        "test_batch_norm": 2.25,
        "test_recover_layer": 1.5,
        "test_network_standardized": 1.5,
        "test_network_batch_norm": 1.5,
        "test_equivalent_weight": 2,
    }
    cells = notebook(course / "autograded" / "ada" / ASSIGNMENT / "batch_norm.ipynb")["cells"]
    verdict = next(cell for cell in cells if cell["id"] == "test_standardize")["outputs"][0]
    assert "the slip of batch_statistics once more" in "".join(verdict["data"]["text/html"])
