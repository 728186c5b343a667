"""nbgrader's late plugin: `c.AssignLatePenalties.plugin_class = "autograder.late.LateDays"`."""

from __future__ import annotations

from datetime import timedelta

from nbgrader.plugins import LateSubmissionPlugin
from nbgrader.preprocessors import AssignLatePenalties
from traitlets import Dict, Enum, Float, Integer, TraitError, Unicode
from traitlets.config import Config

from autograder.late.in_gradebook import read_accounts
from autograder.late.moments import read_moment, zone_named
from autograder.late.policy import Policy


class LateDays(LateSubmissionPlugin):
    """Grace, a bank of late days, and a penalty per day or hour with a cap.

    It takes nothing off as long as nothing is set. `c.LateSubmissionPlugin.penalty_method = "zero"`
    takes all off what is late beyond the grace and the late days.
    """

    zone = Unicode(
        "UTC", help="Where the clock hangs by which late days are counted, as Europe/Zurich."
    ).tag(config=True)
    due = Dict(
        key_trait=Unicode(),
        value_trait=Unicode(),
        help="When assignments are due, such as {'exercise09': '2026-12-05 23:59'}.",
    ).tag(config=True)
    grace = Float(0, min=0, help="Minutes after a deadline that count as on time.").tag(config=True)
    bank = Integer(0, min=0, help="Late days that each student has for the term.").tag(config=True)
    percent = Float(
        0, min=0, max=100, help="What a late day or hour takes off the points that were reached."
    ).tag(config=True)
    per = Enum(("day", "hour"), "day", help="Whether a day or an hour costs that.").tag(config=True)
    most = Float(100, min=0, max=100, help="The most that is taken off, in percent.").tag(
        config=True
    )

    @property
    def policy(self) -> Policy:
        """What is set.

        Raises:
            CourseError: if a time or a zone cannot be read.
        """
        zone = zone_named(self.zone)
        everything = self.penalty_method == "zero"
        return Policy(
            zone=zone,
            grace=timedelta(minutes=self.grace),
            bank=self.bank,
            percent=100.0 if everything else self.percent,
            per="day" if everything else self.per,
            most=100.0 if everything else self.most,
            due={
                name: read_moment(text, zone, f"c.LateDays.due[{name!r}]")
                for name, text in self.due.items()
            },
        )

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float | None:
        """What is taken off one notebook's points; `AssignLatePenalties` calls it."""
        step = self.parent
        assert isinstance(step, AssignLatePenalties), "it makes the plugin"
        found = read_accounts(step.gradebook.db, self.policy, step.assignment_id, student_id)
        account = found.get(student_id)
        return account.penalty(score) if account is not None and account.charged else None


def policy_of(config: Config) -> Policy | None:
    """What a course's configuration says of lateness; None if another plugin decides on it.

    Raises:
        CourseError: if a time or a zone cannot be read.
        traitlets.TraitError: for a value of the wrong type.
    """
    step = AssignLatePenalties(config=config)
    if not issubclass(step.plugin_class, LateDays):
        return None
    step.init_plugin()
    plugin = step.plugin_inst
    if not isinstance(plugin, LateDays):
        raise TraitError("c.AssignLatePenalties.plugin_class is to be autograder.late.LateDays")
    return plugin.policy
