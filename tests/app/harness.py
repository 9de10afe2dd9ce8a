# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs posturectl against folders of its own and prints TAP.

A test program defines functions with @case and ends with run(). It is started as
    TEST PROGRAM SOURCE-ROOT
"""

import json
import os
import pathlib
import pty
import re
import select
import subprocess
import sys
import tempfile
import time
import traceback

PROGRAM = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(sys.argv[2])
ANSWERS = ROOT / "data" / "examples" / "essentials.json"
TRIAL = ROOT / "tests" / "app" / "trial"
PATIENCE = 60  # seconds until a program that hangs is a failure

cases = []


def case(function):
    cases.append(function)
    return function


class Result:
    def __init__(self, arguments, code, out, err):
        self.arguments = arguments
        self.code = code
        self.out = out
        # the library tells of questionnaires that tests add
        self.err = "".join(line for line in err.splitlines(True) if line.strip() and "GLib-GIO-Message" not in line)

    @property
    def json(self):
        return json.loads(self.out)

    def expect(self, code=0, out=None, err=None):
        """Checks the exit code and that the outputs hold a text."""
        assert self.code == code, f"{self}: ended with {self.code}, not {code}"
        for wanted, found in ((out, self.out), (err, self.err)):
            for text in [wanted] if isinstance(wanted, str) else wanted or []:
                assert text in found, f"{self}: {text!r} is missing"
        if code == 0 and err is None:
            assert self.err == "", f"{self}: complains"
        return self

    def __str__(self):
        return f"{self.arguments}\n{self.out[-3000:]}\n{self.err[-3000:]}"


class Profile:
    """A data folder that goes at the end."""

    def __init__(self, trial=False, **more):
        self.temporary = tempfile.TemporaryDirectory(prefix="posturectl-")
        self.folder = pathlib.Path(self.temporary.name) / "data"
        self.environment = {**os.environ, "POSTURE_DATA_DIR": str(self.folder), "LANGUAGE": "en",
                            "TERM": "xterm", "TZ": "UTC", **more}
        if trial:
            self.environment["G_RESOURCE_OVERLAYS"] = f"/io/github/posture_app/Posture/questionnaires={TRIAL}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.temporary.cleanup()

    def path(self, name, content=None):
        """A file beside the data folder."""
        path = pathlib.Path(self.temporary.name) / name
        if content is not None:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def run(self, *arguments, text=None, **more):
        arguments = [str(argument) for argument in arguments]
        if text is not None:
            more["input"] = text.encode() if isinstance(text, str) else text
        else:
            more.setdefault("stdin", subprocess.DEVNULL)
        more.setdefault("stdout", subprocess.PIPE)
        done = subprocess.run([PROGRAM, *arguments], env=self.environment, timeout=PATIENCE,
                              stderr=subprocess.PIPE, check=False, **more)
        return Result(arguments, done.returncode, (done.stdout or b"").decode(), done.stderr.decode())

    def start(self, *arguments, **more):
        return subprocess.Popen([PROGRAM, *arguments], env=self.environment, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)

    def json(self, *arguments, **more):
        return self.run(*arguments, "--json", **more).expect().json

    def assess(self, *arguments):
        return self.json("assess", "essentials", "--answers", ANSWERS, *arguments)

    def assert_empty(self):
        """No assessment is stored, archived or not, and no event."""
        if not self.folder.exists():
            return
        assert self.json("assessments", "list") == []
        assert self.json("assessments", "list", "--archived") == []
        assert self.json("reports", "list") == []
        assert self.json("events", "list") == []


class Terminal:
    """posturectl on a pseudo-terminal."""

    def __init__(self, profile, *arguments):
        self.text = ""
        self.seen = 0
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execve(PROGRAM, [PROGRAM, *arguments], profile.environment)
        self.code = None

    def read(self):
        ready, _, _ = select.select([self.fd], [], [], PATIENCE)
        assert ready, f"nothing more came after:\n{self.text[-2000:]}"
        try:
            more = os.read(self.fd, 65536)
        except OSError:  # the program has closed its side
            more = b""
        self.text += more.decode(errors="replace").replace("\r\n", "\n")
        return bool(more)

    def wait_for(self, text):
        """Waits until something new is on the screen; gives what came up to it."""
        while text not in self.text[self.seen:]:
            assert self.read(), f"{text!r} did not come:\n{self.text[-3000:]}"
        end = self.text.index(text, self.seen) + len(text)
        found = self.text[self.seen:end]
        self.seen = end
        return found

    def say(self, line, then="> "):
        os.write(self.fd, line.encode() + b"\n")
        return self.wait_for(then)

    def finish(self, code=0):
        while self.read():
            pass
        _, status = os.waitpid(self.pid, 0)
        os.close(self.fd)
        found = os.waitstatus_to_exitcode(status)
        assert found == code, f"ended with {found}, not {code}:\n{self.text[-3000:]}"
        return self.text[self.seen:]


def read_line(stream):
    """A line of a program that runs, or a failure if it takes too long."""
    deadline = time.monotonic() + PATIENCE
    line = b""
    while not line.endswith(b"\n"):
        ready, _, _ = select.select([stream], [], [], max(deadline - time.monotonic(), 0))
        assert ready, f"no line came, only {line!r}"
        more = os.read(stream.fileno(), 1)
        assert more, f"the program ended after {line!r}"
        line += more
    return line.decode()


def run():
    failed = False
    print(f"1..{len(cases)}", flush=True)
    for number, function in enumerate(cases, 1):
        name = re.sub(r"_", "-", function.__name__)
        try:
            reason = function()
            skipped = f" # SKIP {reason}" if isinstance(reason, str) else ""
            print(f"ok {number} /app/{name}{skipped}", flush=True)
        except Exception:  # pylint: disable=broad-except
            failed = True
            print(f"not ok {number} /app/{name}")
            for line in traceback.format_exc().splitlines():
                print(f"# {line}", flush=True)
    sys.exit(1 if failed else 0)
