"""The course, as nbgrader and `autograder` see it.

Everything that nbgrader does well stays nbgrader's own default; each line here says why it differs.
"""

import os
import sys

import autograder

c = get_config()

# nbgrader starts `alembic` by its name when it makes a gradebook. It stands beside this Python,
# also where .venv is not activated.
os.environ["PATH"] = os.pathsep.join([os.path.dirname(sys.executable), os.environ.get("PATH", "")])

# --- The course ---------------------------------------------------------------------------------

# Names the course in the gradebook and its folder in the exchange, which needs a name.
c.CourseDirectory.course_id = "foundations-of-deep-learning"

# Generated like release/ and committed beside it; nbgrader's default is "solution".
c.CourseDirectory.solution_directory = "solutions"

# --- Release and solutions ----------------------------------------------------------------------

# Students see what they would see without nbgrader too. This is nbgrader's default, written down
# because the grader recognizes an untouched answer by it.
c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError()"}
c.ClearSolutions.text_stub = "YOUR ANSWER HERE"

# `nbgrader generate_solution` then writes the same bytes as `autograder build`: without the
# hidden-test lines, executed, with no time of day and no version in the file. The model answers and
# marking schemes stay: they are what students get after the deadline.
c.GenerateSolution.preprocessors = [
    "nbgrader.preprocessors.ClearOutput",
    "autograder.nbgrader_plugins.ShowSolutions",
    "autograder.nbgrader_plugins.ExecuteReproducibly",
]

# --- Grading ------------------------------------------------------------------------------------

# nbgrader reads only notebooks that are valid and have the name that it expects. This one hands
# every folder in submitted/ to Repair, whatever lies in it.
c.Autograde.exporter_class = "autograder.nbgrader_plugins.SubmissionExporter"

# The release is committed, so grading must not need `nbgrader generate_assignment` on this machine.
c.Autograde.pre_convert_hook = "autograder.nbgrader_plugins.set_up_assignment"

# In place of nbgrader's five steps, which stop at a duplicated cell or a lost grade_id: the source
# notebook with the student's answers and own cells put in.
c.Autograde.sanitize_preprocessors = ["autograder.nbgrader_plugins.Repair"]

# Run and judge behind the sandbox's wall, and store the judge's scores: what a notebook displays
# is never read as a score. Late penalties are nbgrader's own; the receipt says what they take off.
c.Autograde.autograde_preprocessors = [
    "autograder.nbgrader_plugins.ExecuteAndJudge",
    "autograder.nbgrader_plugins.SaveScores",
    "nbgrader.preprocessors.AssignLatePenalties",
    "autograder.nbgrader_plugins.SayLateness",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# Seconds for one cell. The slowest cell of the solutions takes less than one.
c.Execute.timeout = 30

# One slip costs in full once. Where the same one (such as dividing by B) is made again in a later
# task, it costs at most this part of that task's points: a helper that six functions use would else
# cost six times. 1 takes everything off each time, 0 nothing.
c.Grading.repeated_slip = 0.25

# --- Late submissions ---------------------------------------------------------------------------

# nbgrader's own knows "nothing" and "everything". This one knows grace, late days for the term, and
# a penalty per day or hour with a cap (docs/term.md). As it stands it takes nothing off: lateness
# is only shown.
c.AssignLatePenalties.plugin_class = "autograder.late.LateDays"

# --- Feedback and formgrader --------------------------------------------------------------------

# A student's notebook may hold scripts: HTML from it is cleaned before it reaches the browser of
# an instructor (formgrader) or of the student (feedback). Tables, pictures, formulas and the
# reports of the judge pass.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = {
    "clean_html": "autograder.feedback.clean_html",
    "markdown2html": "autograder.feedback.markdown_to_clean_html",
}

# In formgrader, the marking scheme of a written task stands below the answer, and nothing of a
# student's shows outside of its place.
c.HTMLExporter.preprocessors = [
    "autograder.exercise.marking_scheme.ShowMarkingScheme",
    "autograder.feedback.KeepInPlace",
]

# Formgrader's keys wait for MathJax, which nbconvert loads from an outside address. Here formulas
# need none, and the keys work without internet. Each written answer links to the page for marking.
c.HTMLExporter.template_file = os.path.join(
    os.path.dirname(autograder.__file__), "feedback", "formgrader.html.j2"
)

# nbgrader's own feedback page loads MathJax from an outside address, begins without an overview,
# and shows 0 for an answer that nobody has graded yet.
c.GenerateFeedback.exporter_class = "autograder.feedback.FeedbackExporter"

# --- Exporting ----------------------------------------------------------------------------------

# The table of nbgrader's own export, in which no name is a formula. It refuses while answers wait
# for a person: a sum without them is no grade.
c.ExportApp.plugin_class = "autograder.export.GradebookExporter"

# --- Collecting ---------------------------------------------------------------------------------

# nbgrader's own unpacks whatever an archive says, wherever it says: a zip bomb fills the disk. This
# one has limits, writes nothing outside its folder, and unpacks what students zipped themselves.
c.ZipCollectApp.extractor_plugin = "autograder.submission.collect.SafeExtractor"

# nbgrader's own knows one pattern of names. This one knows the downloads of Moodle, Canvas and
# ILIAS.
c.ZipCollectApp.collector_plugin = "autograder.submission.collect.LearningPlatformCollector"

# For names that are none of these: where the student's id and the file's name stand in
# ada_convolution.ipynb. Also what nbgrader's own collector needs, should you go back to it.
c.FileNameCollectorPlugin.named_regexp = r".*/(?P<student_id>[^/_]+)_(?P<file_id>[^/]+)$"
