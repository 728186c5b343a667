"""Where no wall can be built, one line says why and what to do."""

from __future__ import annotations

import pytest

from autograder.errors import NoSandbox
from autograder.sandbox import bubblewrap, doctor, open_sandbox, remedies
from autograder.sandbox.inside.seccomp import program


@pytest.fixture
def machine(monkeypatch):
    """Pretend to be another machine: kernel settings, and whether it is a container."""

    def pretend(settings=(), container=False, binaries=("/usr/bin/bwrap",)):
        monkeypatch.setattr(remedies, "setting", lambda name: dict(settings).get(name, ""))
        monkeypatch.setattr(remedies, "in_container", lambda: container)
        monkeypatch.setattr(bubblewrap, "binaries", lambda: iter(binaries))

    return pretend


@pytest.mark.parametrize("situation, remedy", [
    ({"binaries": ()}, "apt install bubblewrap"),
    ({"settings": {"user/max_user_namespaces": "0"}}, "sysctl user.max_user_namespaces=15000"),
    ({"settings": {"kernel/apparmor_restrict_unprivileged_userns": "1"}}, "AppArmor"),
    ({"container": True}, "--security-opt seccomp=unconfined"),
    ({}, "autograder doctor"),
])  # fmt: skip
def test_the_refusal_names_the_remedy_in_one_line(machine, situation, remedy):
    machine(**situation)
    refusal = remedies.refusal(["bwrap: setting up uid map: Permission denied"])

    assert remedy in refusal
    assert "--no-sandbox" in refusal
    assert "\n" not in refusal


@pytest.mark.parametrize("trouble, remedy", [
    ("root lacks the capabilities KILL, SETUID here", "start the container as another user"),
    ("other users than root cannot enter /root/tmp", "set TMPDIR to a folder that every user"),
    ("other users than root cannot read /root/python", "install Python where every user"),
])  # fmt: skip
def test_what_root_lacks_for_the_other_wall_has_its_own_remedy(machine, trouble, remedy):
    machine(container=True)

    assert remedy in remedies.refusal(["bwrap: Operation not permitted", trouble])


def test_without_bubblewrap_grading_refuses(machine):
    machine(binaries=())
    with pytest.raises(NoSandbox, match="install bubblewrap"):
        open_sandbox()


def test_a_bubblewrap_that_fails_is_a_refusal(machine):
    machine(binaries=("/bin/false",))
    with pytest.raises(NoSandbox, match="No sandbox on this machine"):
        open_sandbox()


def test_without_sandbox_the_description_says_so():
    with open_sandbox(sandboxed=False) as factory:
        assert factory.description.startswith("NO SANDBOX")


def test_the_doctor_finds_a_wall_that_works():
    found = doctor.findings()

    assert any(finding.ok and finding.what.startswith("Works: sandbox") for finding in found)
    assert not any(finding.ok is False for finding in found)


def test_on_another_system_the_refusal_names_linux(monkeypatch):
    monkeypatch.setattr(remedies.sys, "platform", "darwin")
    refusal = remedies.refusal([])

    assert "the sandbox needs Linux" in refusal
    assert "\n" not in refusal


@pytest.mark.parametrize("name", ["x86_64", "aarch64"])
def test_there_is_a_filter_for(name):
    code = program(name)

    assert len(code) % 8 == 0
    assert program("x86_64") != program("aarch64")


def test_on_a_machine_without_a_filter_the_doctor_says_one_wall_fewer(monkeypatch):
    monkeypatch.setattr(doctor.platform, "machine", lambda: "riscv64")
    (finding,) = doctor._seccomp()

    assert "No system call filter for riscv64" in finding.what
