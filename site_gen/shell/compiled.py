"""Templates as Python's own code, kept in the cache so that a build does not compile them anew, as
Python keeps its modules in ``__pycache__``. Shell.

An entry is found by the template's text, the site's words and the versions of Python and of the
program; its sum is looked at before it is read, as that of every entry is.
"""

from __future__ import annotations

import importlib.util
import marshal
import types

import jinja2
from jinja2.bccache import Bucket

from site_gen.render.pages import environment
from site_gen.render.site import Site
from site_gen.shell.cache import Cache, key_of

KIND = "templates"


class Compiled(jinja2.BytecodeCache):
    """Jinja's interface to such a cache. ``words``: what tells one language of a site from
    another, as words are compiled into the code."""

    def __init__(self, cache: Cache, words: str) -> None:
        self.cache, self.words = cache, words

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the bucket its code, where that is kept."""
        data = self.cache.get(KIND, self._key(bucket))
        if data is None:
            return
        try:
            code = marshal.loads(data)
        except (EOFError, ValueError, TypeError):
            return
        bucket.code = code if isinstance(code, types.CodeType) else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the bucket's code."""
        if bucket.code is not None:
            self.cache.put(KIND, self._key(bucket), marshal.dumps(bucket.code))

    def _key(self, bucket: Bucket) -> str:
        # the key is of the template's name and file, the checksum of its text
        made_of = (bucket.key, bucket.checksum, self.words)
        return key_of(KIND, importlib.util.MAGIC_NUMBER, *made_of)


def keep_compiled(cache: Cache, site: Site, folders: tuple[str, ...]) -> None:
    """From now on, take the templates that this process renders that site with from the cache."""
    if cache.folder is not None:
        words = key_of(site.language, repr(site.words))
        known = environment(tuple(folders), site.language, site.words)
        known.bytecode_cache = Compiled(cache, words)
