"""HTML: from source to columns in one walk over the tree, and from columns to blocks.

The only modules that know selectolax are here.
"""

from __future__ import annotations

from cleancorpus.segment.html.blocks import as_blocks, html_blocks
from cleancorpus.segment.html.choice import walk_in_use
from cleancorpus.segment.html.columns import KINDS, Columns
from cleancorpus.segment.html.head import metadata
from cleancorpus.segment.html.walk import walk

__all__ = ["KINDS", "Columns", "as_blocks", "html_blocks", "metadata", "walk", "walk_in_use"]
