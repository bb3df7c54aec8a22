"""The one thing that pyproject.toml cannot say: what is compiled is built where it can be.

`CLEANCORPUS_BUILD=python` leaves it out, `CLEANCORPUS_BUILD=compiled` makes it an error when it
cannot be compiled. Otherwise a missing compiler only costs speed.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path

from setuptools import Extension, setup

WANTED = os.environ.get("CLEANCORPUS_BUILD", "")
if WANTED not in ("", "python", "compiled"):
    raise SystemExit(f"CLEANCORPUS_BUILD must be python or compiled, not {WANTED!r}")

PACKAGE = Path("src/cleancorpus")
FLAGS = [
    # No other library's function of the same name may take the place of one of ours.
    "-fvisibility=hidden",
    # A product and a sum in one step would round otherwise than numpy does.
    "-ffp-contract=off",
]


def extension(name: str, folder: str) -> Extension:
    """Return the extension of that name, built from all sources of a folder."""
    return Extension(
        name,
        sorted(path.as_posix() for path in (PACKAGE / folder).glob("*.c")),
        depends=sorted(path.as_posix() for path in (PACKAGE / folder).glob("*.h")),
        # One wheel for every Python from 3.11 on.
        define_macros=[("Py_LIMITED_API", "0x030B0000")],
        py_limited_api=True,
        extra_compile_args=[] if sys.platform == "win32" else FLAGS,
        optional=WANTED != "compiled",
    )


EXTENSIONS = [
    extension("cleancorpus.segment.html._compiled", "_walk"),
    extension("cleancorpus.content._compiled", "_features"),
    extension("cleancorpus._lines", "_page"),
    extension("cleancorpus._make", "_instances"),
]

# Without the global lock there is no limited interface, and setuptools refuses a wheel for it.
IS_FREE_THREADED = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))

if WANTED == "python" or (IS_FREE_THREADED and WANTED != "compiled"):
    setup()
else:
    setup(ext_modules=EXTENSIONS, options={"bdist_wheel": {"py_limited_api": "cp311"}})
