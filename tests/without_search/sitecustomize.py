"""Read by every Python whose path holds this folder: the extra for the search index is missing
there, because the index takes longer than all the rest of a small site."""

import sys

sys.modules["pagefind"] = None  # type: ignore[assignment]
