"""The one thing that pyproject.toml cannot say: the compiled walk is built where it can be.

`CLEANCORPUS_BUILD=python` leaves it out, `CLEANCORPUS_BUILD=compiled` makes it an error when it
cannot be compiled. Otherwise a missing compiler only costs speed.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from setuptools import Extension, setup

WANTED = os.environ.get("CLEANCORPUS_BUILD", "")
if WANTED not in ("", "python", "compiled"):
    raise SystemExit(f"CLEANCORPUS_BUILD must be python or compiled, not {WANTED!r}")

SOURCES = Path("src/cleancorpus/_walk")

WALK = Extension(
    "cleancorpus.segment.html._compiled",
    sorted(path.as_posix() for path in SOURCES.glob("*.c")),
    depends=sorted(path.as_posix() for path in SOURCES.glob("*.h")),
    # One wheel for every Python from 3.11 on.
    define_macros=[("Py_LIMITED_API", "0x030B0000")],
    py_limited_api=True,
    # No other library's function of the same name may take the place of one of ours.
    extra_compile_args=[] if sys.platform == "win32" else ["-fvisibility=hidden"],
    optional=WANTED != "compiled",
)

if WANTED == "python":
    setup()
else:
    setup(ext_modules=[WALK], options={"bdist_wheel": {"py_limited_api": "cp311"}})
