"""The learned judge: features of blocks, a network and a forest over them, where to cut."""

from __future__ import annotations

from cleancorpus.content.cut import Choice
from cleancorpus.content.judgement import Judgement, judgement_of

__all__ = ["Choice", "Judgement", "judgement_of"]
