# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the window from the first start to a report, as a person does: with the mouse, and with the
keyboard alone. Prints TAP.

    test-drive.py PROGRAM [--all]

The plain ones of the cases take seconds; --all adds those that are mainly there to be looked at, in the
folder that POSTURE_TEST_PICTURES names.
"""

import os
import shutil
import subprocess
import sys
import tempfile

PROGRAM = sys.argv[1]
WIDE, NARROW = (1000, 720), (360, 640)


def mouse(window):
    window.click(".*button", "Begin")
    window.click("radio button", "Nobody is.*")
    window.get("label", "Saved")
    window.click(".*button", "Next")
    window.get("label", "Question 2 of 34")
    to_the_review(window)
    window.click(".*button", "Submit answers")
    window.get("label", "What to fix first")


def to_the_review(window):
    """The menu of sections, by its keys."""
    window.tab_to("Sections", "shift+Tab")
    window.press("space")
    window.get("list item", "Review and submit")
    window.press("End", "Return")
    window.get("heading", "33 questions are open")


def keyboard(window):
    window.press("alt+b")
    window.get("label", "Question 1 of 34")
    window.press("1")
    window.get("label", "Saved")
    window.press("n")
    window.get("label", "Question 2 of 34")
    window.press("alt+Left")
    window.get("label", "Question 1 of 34")
    to_the_review(window)
    window.press("Return")
    window.get("label", "What to fix first")


# What a picture of the end is called, how the window is driven, and in what state.
CASES = [
    ("mouse", mouse, WIDE, {}),
    ("keyboard", keyboard, WIDE, {}),
]
MORE = [
    ("keyboard-narrow-dark", keyboard, NARROW, {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}),
    ("mouse-narrow-high-contrast", mouse, NARROW, {"ADW_DEBUG_HIGH_CONTRAST": "1"}),
]


def main():
    try:
        import driver
    except (ImportError, ValueError) as reason:
        print(f"1..0 # SKIP python3-gi or gir1.2-atspi-2.0 is not installed ({reason})")
        return 0
    if shutil.which("xdotool") is None:
        print("1..0 # SKIP xdotool is not installed")
        return 0
    manager = None
    if shutil.which("metacity"):
        manager = subprocess.Popen(["metacity", "--compositor=none"], stderr=subprocess.DEVNULL)
    cases = CASES + (MORE if "--all" in sys.argv else [])
    print(f"1..{len(cases)}")
    failed = False
    for number, (name, drive, size, environment) in enumerate(cases, 1):
        try:
            with tempfile.TemporaryDirectory(prefix="posture-drive-") as folder:
                with driver.Window(PROGRAM, {"POSTURE_DATA_DIR": os.path.join(folder, "data"), **environment},
                                   size) as window:
                    drive(window)
                    window.picture(f"drive-{name}")
            print(f"ok {number} /drive/{name}")
        except AssertionError as reason:
            failed = True
            print(f"not ok {number} /drive/{name}\n# {reason}")
        sys.stdout.flush()
    if manager is not None:
        manager.terminate()
        manager.wait()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
