# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the window from the first start to a report, as a person does: with the mouse, and with the
keyboard alone, in English and in German. Prints TAP.

    test-drive.py PROGRAM [--all]

--all adds the narrow window, dark and with high contrast, and German. Each page on the way is kept as a picture
in the folder that POSTURE_TEST_PICTURES names.
"""

import locale
import os
import shutil
import subprocess
import sys
import tempfile

PROGRAM = sys.argv[1]
WIDE, NARROW = (1000, 720), (360, 640)
DARK = {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}
HIGH_CONTRAST = {"ADW_DEBUG_HIGH_CONTRAST": "1"}


class English:
    environment = {"LANGUAGE": "en", "LC_ALL": "C.UTF-8"}
    begin, begin_key = "Begin", "alt+b"
    nobody = "Nobody is.*"
    saved = "Saved"
    next = "Next"
    question = "Question {} of 34"
    sections, review, submit = "Sections", "Review and submit", "Submit answers"
    open = "33 questions are open"
    report = "What to fix first"


class German:
    environment = {"LANGUAGE": "de", "LC_ALL": "de_DE.UTF-8"}
    begin, begin_key = "Beginnen", "alt+b"
    nobody = "Niemand ist.*"
    saved = "Gespeichert"
    next = "Weiter"
    question = "Frage {} von 34"
    sections, review, submit = "Abschnitte", "Übersicht und Abgabe", "Antworten abgeben"
    open = "33 Fragen sind offen"
    report = "Was zuerst zu tun ist"


def mouse(window, words):
    window.get(".*button", words.begin)
    window.picture("welcome")
    window.click(".*button", words.begin)
    window.click("radio button", words.nobody)
    window.get("label", words.saved)
    window.picture("question")
    window.click(".*button", words.next)
    window.get("label", words.question.format(2))
    to_the_review(window, words)
    window.click(".*button", words.submit)
    window.get("label", words.report)


def to_the_review(window, words):
    """The menu of sections, by its keys."""
    window.tab_to(words.sections, "shift+Tab")
    window.press("space")
    window.get("list item", words.review)
    window.press("End", "Return")
    window.get("heading", words.open)
    window.picture("review")


def keyboard(window, words):
    window.get(".*button", words.begin)
    window.press(words.begin_key)
    window.get("label", words.question.format(1))
    window.press("1")
    window.get("label", words.saved)
    window.press("n")
    window.get("label", words.question.format(2))
    window.press("alt+Left")
    window.get("label", words.question.format(1))
    to_the_review(window, words)
    window.press("Return")
    window.get("label", words.report)


# What it is called, how the window is driven, in what language, how large, and in what state.
CASES = [
    ("mouse", mouse, English, WIDE, {}),
    ("keyboard", keyboard, English, WIDE, {}),
]
MORE = [
    ("keyboard-narrow-dark", keyboard, English, NARROW, DARK),
    ("mouse-narrow-high-contrast", mouse, English, NARROW, HIGH_CONTRAST),
    ("german-mouse", mouse, German, WIDE, {}),
    ("german-mouse-narrow-dark", mouse, German, NARROW, DARK),
    ("german-keyboard-narrow-high-contrast", keyboard, German, NARROW, {**DARK, **HIGH_CONTRAST}),
]


def has_german_locale():
    """Where it is not installed, the build makes it of the C library's own description, which may be missing too."""
    try:
        locale.setlocale(locale.LC_ALL, German.environment["LC_ALL"])
        return True
    except locale.Error:
        return False
    finally:
        locale.setlocale(locale.LC_ALL, "C.UTF-8")


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
    for number, (name, drive, words, size, state) in enumerate(cases, 1):
        if words is German and not has_german_locale():
            print(f"ok {number} /drive/{name} # SKIP there is no German locale")
            continue
        try:
            with tempfile.TemporaryDirectory(prefix="posture-drive-") as folder:
                environment = {"POSTURE_DATA_DIR": os.path.join(folder, "data"), **words.environment, **state}
                with driver.Window(PROGRAM, environment, size, f"drive-{name}") as window:
                    drive(window, words)
                    window.picture("report")
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
