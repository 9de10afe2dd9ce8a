# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the window as a person does: finds and reads through the accessibility tree, and presses
with the mouse and the keyboard.

What GTK's side of the tree is like (4.8 to 4.18), and what is made of it here: a button with a
mnemonic is called "_Save Save"; extents are those within the window, without its border or shadow;
a page that is not shown keeps its last size and counts as visible; a button has the role "push
button" or "button".
"""

import os
import pathlib
import re
import signal
import subprocess
import time
import warnings

warnings.simplefilter("ignore", DeprecationWarning)
import gi  # noqa: E402

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

# GTK says that it is there before it can be asked what it has.
GLib.log_set_handler("dbind", GLib.LogLevelFlags.LEVEL_WARNING, lambda *_: None, None)

PATIENCE = 30  # seconds until what does not come is missing


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


class Window:
    """A program with one window, from its start to its end."""

    def __init__(self, program, environment, size, name):
        self.name = name  # that of its pictures
        self.process = subprocess.Popen([program], env={**os.environ, **environment})
        try:
            self.application = self.wait(self._find_application, "the program")
            self.frame = self.wait(lambda: self.find("frame"), "its window")
            self.id = self.wait(self._find_x_window, "its window on the screen")
            self._resize(*size)
        except BaseException:
            self.end()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)

    def wait(self, look, what):
        """Waits until something is there; widgets can go while they are looked at."""
        end = time.monotonic() + PATIENCE
        while True:
            assert self.process.poll() is None, f"the program ended before {what} came"
            try:
                found = look()
                if found:
                    return found
            except (GLib.Error, subprocess.CalledProcessError):
                pass
            assert time.monotonic() < end, f"{what} did not come"
            time.sleep(0.02)

    def _find_application(self):
        desktop = Atspi.get_desktop(0)
        for place in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(place)
            if application is not None and application.get_process_id() == self.process.pid:
                return application
        return None

    def _find_x_window(self):
        # GTK has a window of one pixel besides, which is out of sight
        found = output_of("xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)).split()
        return found[-1] if found else None

    def _resize(self, width, height):
        self.wait(lambda: self._keeps_width(width, height), f"a width of {width}")
        output_of("xdotool", "windowfocus", self.id)

    def _keeps_width(self, width, height):
        """Whether the window has the width and keeps it: its border comes with the style, which may change at first."""
        content = self.extents(self.frame)
        if content.width == width:
            time.sleep(0.2)
            return self.extents(self.frame).width == width
        _, _, outer_width, outer_height = self.geometry()
        output_of("xdotool", "windowsize", self.id, str(width + outer_width - content.width),
                  str(height + outer_height - content.height))
        time.sleep(0.2)
        return False

    def geometry(self):
        shell = dict(line.split("=") for line in
                     output_of("xdotool", "getwindowgeometry", "--shell", self.id).split())
        return tuple(int(shell[key]) for key in ("X", "Y", "WIDTH", "HEIGHT"))

    # What there is

    def walk(self, widget=None):
        widget = widget or self.application
        yield widget
        for place in range(widget.get_child_count()):
            child = widget.get_child_at_index(place)
            if child is not None:
                yield from self.walk(child)

    @staticmethod
    def extents(widget):
        return widget.get_extents(Atspi.CoordType.WINDOW)

    @staticmethod
    def is_named(widget, name):
        """GTK 4.8 says some names twice, the first time with the mnemonic."""
        said = widget.get_name() or ""
        return any(re.fullmatch(name, part) for part in (said, said[len(said) // 2 + 1:]))

    def find(self, role, name=None):
        """The last one: what was made later is nearer to the person."""
        found = None
        for widget in self.walk():
            if re.fullmatch(role, widget.get_role_name()) and (name is None or self.is_named(widget, name)):
                if self.extents(widget).width > 0 or role == "frame":
                    found = widget
        return found

    def get(self, role, name=None):
        return self.wait(lambda: self.find(role, name), f"{role} “{name}”")

    def tab_to(self, name, key="Tab"):
        """Presses a key until what has this name has the focus."""
        wanted = [widget for widget in self.walk() if self.is_named(widget, name)]
        for _ in range(40):
            if any(widget.get_state_set().contains(Atspi.StateType.FOCUSED) for widget in wanted):
                return
            self.press(key)
            time.sleep(0.05)
        raise AssertionError(f"{key} does not lead to “{name}”")

    # What a person does

    def click(self, role, name):
        widget = self.get(role, name)
        box, content = self.extents(widget), self.extents(self.frame)
        _, _, width, height = self.geometry()
        x = box.x + box.width // 2 + (width - content.width) // 2
        y = box.y + box.height // 2 + (height - content.height) // 2
        output_of("xdotool", "mousemove", "--window", self.id, str(x), str(y), "click", "1")

    def press(self, *keys):
        output_of("xdotool", "key", "--delay", "20", *keys)

    def write(self, text):
        output_of("xdotool", "type", "--delay", "20", text)

    def picture(self, page):
        """Keeps a picture of the window, and of what is open over it."""
        folder = os.environ.get("POSTURE_TEST_PICTURES")
        if folder:
            time.sleep(0.3)
            x, y, width, height = self.geometry()
            output_of("import", "-window", "root", "-crop", f"{width}x{height}+{x}+{y}", "+repage",
                      str(pathlib.Path(folder) / f"{self.name}-{page}.png"))
