"""The command: each one builds arguments, calls one public function and prints."""

from __future__ import annotations

from cleancorpus.cli.commands import app, main

__all__ = ["app", "main"]
