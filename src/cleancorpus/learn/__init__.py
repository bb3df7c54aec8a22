"""What repeats across the pages of a site: counts over many documents, frozen into a table.

The counts are added up from parts, in any order and on any number of machines. Only `Table` is
light to load; counting and reading files need the extra `corpus`.
"""

from __future__ import annotations

from cleancorpus.learn.keys import block_keys
from cleancorpus.learn.sites import site_of
from cleancorpus.learn.table import Table, kind_of

__all__ = ["Table", "block_keys", "kind_of", "site_of"]
