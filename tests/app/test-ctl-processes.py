# SPDX-License-Identifier: GPL-3.0-or-later
"""Several programs on one profile at once."""

import json
import os
import signal
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import ANSWERS, PATIENCE, Profile, Terminal, case, read_line, run  # noqa: E402

WAITING = "Waiting for events"


class Follower:
    """posturectl events follow, once it waits."""

    def __init__(self, profile):
        self.process = profile.start("events", "follow")
        while WAITING not in read_line(self.process.stderr):
            pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()

    def next(self):
        return json.loads(read_line(self.process.stdout))

    def stop(self, number=signal.SIGINT):
        self.process.send_signal(number)
        out, _ = self.process.communicate(timeout=PATIENCE)
        assert self.process.returncode == 0, self.process.returncode
        return out


def read_one(process):
    return os.read(process.stdout.fileno(), 1).decode()


# One that holds the profile and does not move: a report cannot come. It takes 30 seconds to be sure of
# that, so it runs beside the other cases.
stuck = Profile()
stuck_follower = Follower(stuck)
stuck_follower.process.send_signal(signal.SIGSTOP)
stuck_assess = stuck.start("assess", "essentials", "--answers", str(ANSWERS))
stuck_since = time.monotonic()


@case
def follow_what_another_does():
    with Profile() as profile:
        profile.assess()  # what was before is not told
        with Follower(profile) as follower:
            assert profile.json("doctor")["dispatched_elsewhere"] is True
            profile.run("doctor").expect(out="another process")
            for _ in range(3):
                report = profile.assess()
                answer, rated = follower.next(), follower.next()
                assert answer["detail-type"] == "AnswerEvent"
                assert answer["detail"]["answer"]["assessment"] == report["assessment"]
                assert rated["detail"]["report"] == report
            assert follower.stop() == b""
        assert len(profile.json("events", "list")) == 8
        assert profile.json("doctor")["unclean_stop"] is False


@case
def nobody_reads_what_is_followed():
    with Profile() as profile, Follower(profile) as follower:
        # more than a pipe holds; the one whose output waits goes on delivering
        ids = [profile.assess()["id"] for _ in range(15)]
        size = sum(len(json.dumps(event)) for event in profile.json("events", "list"))
        assert size > 128 * 1024, size
        followed = [follower.next() for _ in range(30)]
        assert [event["detail"]["report"]["id"] for event in followed[1::2]] == ids
        follower.stop()


@case
def nobody_reads_a_list():
    with Profile() as profile:
        for _ in range(10):
            report = profile.assess()
        reader = profile.start("events", "list", "--json")
        assert read_one(reader) == "["  # it is writing now, and no more is read
        assert profile.assess()["id"] != report["id"]
        assert profile.json("doctor")["dispatched_elsewhere"] is False
        reader.communicate(timeout=PATIENCE)


@case
def stop_by_signals():
    with Profile() as profile:
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            with Follower(profile) as follower:
                follower.stop(number)
        assert profile.json("doctor")["unclean_stop"] is False


@case
def one_that_waits_for_a_person_delivers():
    with Profile(trial=True) as profile:
        terminal = Terminal(profile, "assess", "trial")
        terminal.wait_for("> ")
        assert profile.json("doctor")["dispatched_elsewhere"] is True
        report = profile.assess()
        assert profile.json("reports", "list")[0]["id"] == report["id"]
        terminal.say("y")
        terminal.say("q", then="stored")
        terminal.finish()


@case
def take_over_from_one_that_was_killed():
    with Profile() as profile:
        with Follower(profile) as first, Follower(profile) as second:
            first.process.kill()
            first.process.wait(PATIENCE)
            report = profile.assess()
            assert second.next()["detail-type"] == "AnswerEvent"
            assert second.next()["detail"]["report"] == report
            second.stop()
        assert len(profile.json("reports", "list")) == 1


@case
def many_at_once():
    with Profile() as profile:
        running = [profile.start("assess", "essentials", "--answers", str(ANSWERS), "--subject", f"Place {number}",
                                 "--json")
                   for number in range(6)]
        reports = []
        for process in running:
            out, err = process.communicate(timeout=PATIENCE)
            assert process.returncode == 0, err
            reports.append(json.loads(out)["id"])
        assert sorted(reports) == sorted(item["id"] for item in profile.json("reports", "list"))
        assert len(set(reports)) == 6
        assert profile.json("doctor")["fine"] is True


@case
def report_that_does_not_come():
    out, err = stuck_assess.communicate(timeout=PATIENCE)
    assert stuck_assess.returncode == 1, (stuck_assess.returncode, out, err)
    assert time.monotonic() - stuck_since > 29
    assert "submitted and stored" in err.decode() and "reports list" in err.decode(), err
    assert stuck.json("reports", "list") == []
    assert stuck.json("doctor")["pending"] == 1
    stuck_follower.process.send_signal(signal.SIGCONT)
    assert stuck_follower.next()["detail-type"] == "AnswerEvent"
    assert stuck_follower.next()["detail-type"] == "ReportEvent"
    stuck_follower.stop()
    assert len(stuck.json("reports", "list")) == 1
    stuck.temporary.cleanup()


@case
def interrupt_while_waiting():
    with Profile() as profile, Follower(profile) as follower:
        follower.process.send_signal(signal.SIGSTOP)
        process = profile.start("assess", "essentials", "--answers", str(ANSWERS))
        while profile.json("assessments", "list") == []:
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)
        assert process.returncode == -signal.SIGINT, process.returncode
        follower.process.kill()
        follower.process.wait(PATIENCE)
        # whoever comes next delivers what was left
        deadline = time.monotonic() + PATIENCE
        with Follower(profile) as next_one:
            assert next_one.next()["detail-type"] == "ReportEvent"
            next_one.stop()
        assert time.monotonic() < deadline
        assert len(profile.json("reports", "list")) == 1


try:
    run()
finally:
    for leftover in (stuck_follower.process, stuck_assess):
        if leftover.poll() is None:
            leftover.kill()
            leftover.wait()
