"""``mkdocs.yml`` → :class:`Config`. We read it ourselves, in MkDocs' own schema; keys that we do
not use are left alone.

``!ENV`` works as in MkDocs; other tags (``!relative``, ``!!python/…``) are carried unread and are
an error only where a key that we use has one. Nothing in the file can run.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import yaml

from site_gen.model import ContentError
from site_gen.shell.theme_config import Look, read_look
from site_gen.yaml_lines import Reader, compose

if TYPE_CHECKING:
    from site_gen.capture.rules import PatternRule

CONFIG = "mkdocs.yml"
PLUGIN = "site-gen"
DEFAULT_NAME = "Side by side"


@dataclass(frozen=True, kw_only=True, slots=True)
class NavEntry:
    """A menu entry as written: a title, and a path in the content folder or a web address; ``line``
    for messages."""

    title: str
    target: str
    line: int
    pages: tuple[NavEntry, ...] = ()
    """Of a section, everything in it, in order; its own target is its first page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Config:
    """The settings of a site; paths are absolute or relative to the working directory."""

    path: Path | None
    content: Path
    out: Path
    name: str = DEFAULT_NAME
    url: str = ""
    description: str = ""
    templates: Path | None = None
    nav: tuple[NavEntry, ...] = ()
    exclude: tuple[str, ...] = ()
    full_text: bool = False
    review_required: bool = False
    """Whether only findings that an editor has confirmed are published (``review: required``)."""
    marks_withheld: bool = False
    """Whether pages of whole texts mark what a published site leaves out: in a preview."""
    remote: str = "origin"
    branch: str = "gh-pages"
    """Where `publish` pushes to: MkDocs' `remote_name` and `remote_branch`."""
    rules: tuple[PatternRule, ...] = ()
    """The site's own rules for captures, tried before those of every site."""
    within: str = ""
    """The path under which this site stands in a site of another generator, without ``/`` at its
    ends; empty for a site of its own."""
    host: str = ""
    """The name of that other site."""
    look: Look = field(default_factory=Look)

    @property
    def home(self) -> Path:
        """The folder of the site: where its configuration is, or would be."""
        return self.path.parent if self.path else self.content.parent


def find_config(given: Path | None, content: Path | None, here: Path) -> Path | None:
    """The configuration file to read: the given one; else ``mkdocs.yml`` beside the content folder,
    or in the working directory or the nearest folder above it, as git looks for its own."""
    if given is not None:
        return given
    if content is not None:
        candidate = content.resolve().parent / CONFIG
        return candidate if candidate.is_file() else None
    if (here / CONFIG).is_file():
        return here / CONFIG
    if (here / "content").is_dir():
        return None  # a site without a configuration
    whole = here.resolve()
    for steps, folder in enumerate(whole.parents, 1):
        if (folder / CONFIG).is_file():
            return here.joinpath(*[".."] * steps, CONFIG)
        if (folder / ".git").exists():
            break
    return None


def load_config(
    path: Path | None, content: Path | None, out: Path | None, env: Mapping[str, str]
) -> tuple[Config, list[ContentError]]:
    """The settings in ``path``, with the command line's folders in place of its own; faults with
    their lines."""
    errors: list[ContentError] = []
    if path is None:
        root = Path()
        return Config(
            path=None, content=content or root / "content", out=out or root / "site"
        ), errors
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        why = "is not UTF-8 text" if isinstance(fault, UnicodeDecodeError) else "cannot be read"
        errors.append(
            ContentError(str(path), 0, f"this file {why}", "name the configuration file with -f")
        )
        return Config(
            path=path, content=content or Path("content"), out=out or Path("site")
        ), errors
    config = parse_config(text, path, env, errors)
    if content is not None and content.resolve() != config.content.resolve():
        # another content folder than the file's own: its menu and exclusions speak of other files
        config = replace(config, content=content, nav=(), exclude=())
    elif content is not None:
        config = replace(config, content=content)
    return replace(config, out=out) if out is not None else config, errors


def parse_config(
    text: str, path: Path, env: Mapping[str, str], errors: list[ContentError]
) -> Config:
    """The settings in the text of a configuration file; folders are relative to the file."""
    root = path.parent
    node = compose(text, str(path), 1, errors)
    if node is not None:
        _resolve(node, env)
    r = Reader(node, str(path), 1, errors)
    options = _options(r)
    full_text, required, rules = _ours(options)
    url, out = _address(r), root / (r.text("site_dir") or "site")
    folder, within = _place(options, r, root)
    _refuse_switched_off(options, r, root, folder)
    # inside another generator's site, that site's own menu, theme and exclusions are not ours
    own = options if within else r
    themed = isinstance(own.nodes.get("theme"), yaml.MappingNode)
    look = read_look(own, own.mapping("theme") if themed else None)
    found = Config(
        path=path,
        content=root / folder,
        out=out / within,
        name=own.text("name" if within else "site_name") or DEFAULT_NAME,
        url=f"{url}{within}/" if url and within else url,
        description=own.text("description" if within else "site_description"),
        templates=root / look.custom_dir if look.custom_dir else None,
        look=look,
        nav=_nav(own),
        exclude=(*own.text("exclude_docs").splitlines(), *own.text("draft_docs").splitlines()),
        full_text=full_text,
        review_required=required,
        remote=r.text("remote_name") or "origin",
        branch=r.text("remote_branch") or "gh-pages",
        rules=rules,
        within=within,
        host=r.text("site_name") if within else "",
    )
    options.finish()
    return found


def _address(reader: Reader) -> str:
    """The address of the site, with ``/`` at its end; empty where there is none."""
    url = reader.text("site_url")
    if url and not url.startswith(("http://", "https://")):
        reader.error(
            "site_url",
            f"`site_url: {url}` is not a web address",
            "it must start with https:// or http://, or be left out",
        )
        return ""
    return url if not url or url.endswith("/") else url + "/"


def _docs_dir(reader: Reader, root: Path) -> str:
    docs = reader.text("docs_dir") or "content"
    if not (root / docs).resolve().is_relative_to(root.resolve()):
        reader.error(
            "docs_dir",
            f"`docs_dir: {docs}` leads out of the folder of this file",
            "everything in it would be published; say so with --content",
        )
        return "content"
    return docs


def _options(reader: Reader) -> Reader:
    """Our own options under ``plugins: - site-gen:``; a reader of nothing where there are none."""
    if "INHERIT" in reader.nodes:
        reader.error(
            "INHERIT",
            "another configuration is inherited, which site-gen does not read",
            "write into this file what site-gen needs of it, and take `INHERIT` out",
        )
    node = reader.nodes.get("plugins")
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    found = [
        (key, value)
        for item in items
        for key, value in (item.value if isinstance(item, yaml.MappingNode) else ())
        if key.value == PLUGIN
    ]
    named = [item for item in items if isinstance(item, yaml.ScalarNode) and item.value == PLUGIN]
    for again in [*(key for key, _ in found), *named][1:]:
        reader.error(again, f"the plugin `{PLUGIN}` stands here twice", "remove one of the two")
    for key, value in found:
        if isinstance(value, yaml.MappingNode):
            return Reader(value, reader.path, reader.first_line, reader.errors)
        if value.tag != "tag:yaml.org,2002:null":
            hint = "write for example `content: stories` on a line of its own, indented"
            reader.error(key, f"`{PLUGIN}` must hold `key: value` lines", hint)
    return Reader(None, reader.path, reader.first_line, reader.errors)


def _ours(options: Reader) -> tuple[bool, bool, tuple[PatternRule, ...]]:
    """``full_text`` (third-party articles are published whole), ``review`` (whether only what an
    editor has confirmed is published) and ``rules``."""
    full = options.flag("full_text")
    required = options.choice("review", ("shown", "required"), "shown") == "required"
    return full, required, tuple(rule for rule in options.mappings("rules", _rule) if rule)


def _refuse_switched_off(options: Reader, reader: Reader, root: Path, folder: str) -> None:
    """MkDocs' own switch of a plugin: without ours, nobody keeps the sources back."""
    docs = (root / (reader.text("docs_dir") or "docs")).resolve()  # as MkDocs has it
    if not options.flag("enabled", True) and (root / folder).resolve().is_relative_to(docs):
        options.error(
            "enabled",
            "without the plugin MkDocs would publish articles whole, and their originals",
            "take `enabled` out, or put the stories into a folder beside `docs_dir`",
        )


def _place(options: Reader, reader: Reader, root: Path) -> tuple[str, str]:
    """The content folder and, inside another generator's site, the path at which the stories stand
    there: our options ``content`` and ``path``."""
    folder, within = options.text("content"), options.text("path").strip("/")
    if not folder:
        for key in _INSIDE:
            if key in options.nodes:
                options.known.add(key)
                options.error(
                    key,
                    f"`{key}` is for stories inside another site, and `content` is missing",
                    "name their folder, for example `content: stories`; or write"
                    f" `{_OUTSIDE.get(key, key)}` at the top of the file",
                )
        return _docs_dir(reader, root), ""
    docs = reader.text("docs_dir") or "docs"  # as MkDocs has it
    inside = (root / folder).resolve()
    if not inside.is_relative_to(root.resolve()) or (root / docs).resolve().is_relative_to(inside):
        options.error(
            "content",
            f"`content: {folder}` is not a folder of its own beside this file",
            "everything in it would be read as stories: name a folder that holds nothing else",
        )
    within = within or PurePosixPath(folder).name
    if not all(_PART.fullmatch(part) for part in within.split("/")):
        options.error(
            "path" if "path" in options.nodes else "content",
            f"`{within}` cannot be a path of the site",
            "use a-z, 0-9 and -, for example `path: stories`",
        )
        within = "stories"
    return folder, within


_PART = re.compile(r"[a-z0-9][a-z0-9_-]*")
"""A part of a path of the site: one with a dot would look like a file."""
_INSIDE = ("path", "name", "description", "copyright", "nav", "exclude_docs", "draft_docs", "theme")
_OUTSIDE = {"name": "site_name", "description": "site_description", "path": "site_url"}
"""What an option for stories inside another site is called where the whole site is ours."""


def _rule(reader: Reader) -> PatternRule | None:
    """One rule for captures: ``name``, ``any`` (regular expressions), and as in the shipped list
    ``most``, ``weak``, ``then: rest``."""
    from site_gen.capture.rules import pattern_rule

    name, patterns, weak, most = (
        reader.text("name", required=True),
        reader.texts("any"),
        reader.texts("weak"),
        reader.text("most"),
    )
    rest = reader.choice("then", ("rest", "block"), "block") == "rest"
    reader.finish()
    if not patterns and not weak:
        reader.error(
            None,
            "this rule has no `any`",
            "write `any:` with a list of regular expressions, for example '^Our picks'",
        )
        return None
    if most and not most.isdigit():
        reader.error(
            "most", f"`most: {most}` is not a number of words", "write for example `most: 40`"
        )
        return None
    try:
        return pattern_rule(name, patterns, most=int(most or 60), rest=rest, weak=weak)
    except ValueError as fault:
        reader.error(
            "any",
            str(fault),
            "put it in single quotes, and write \\ before a bracket or dot that stands for itself",
        )
        return None


def _nav(reader: Reader) -> tuple[NavEntry, ...]:
    node = reader.nodes.get("nav")
    if node is None:
        return ()
    if not isinstance(node, yaml.SequenceNode):
        reader.error(node, "`nav` must be a list", "write `- Title: page.md` lines below it")
        return ()
    return tuple(entry for item in node.value if (entry := _entry(item, reader)))


def _entry(item: yaml.Node, reader: Reader, title: str = "") -> NavEntry | None:
    """A menu entry; a section becomes an entry that leads to its first page."""
    if isinstance(item, yaml.ScalarNode):
        return NavEntry(title=title, target=item.value, line=reader.line(item))
    if isinstance(item, yaml.MappingNode) and item.value:
        key, value = item.value[0]
        return _entry(value, reader, title or str(key.value))
    if isinstance(item, yaml.SequenceNode) and item.value:
        found = [e for i in item.value if (e := _entry(i, reader))]
        pages = tuple(p for e in found for p in (e.pages or (e,)))
        return replace(pages[0], title=title, pages=pages) if pages else None
    reader.error(item, "this entry of `nav` is empty", "write `- Title: page.md`")
    return None


def _resolve(node: yaml.Node, env: Mapping[str, str]) -> None:
    """Put the values of ``!ENV`` in place: ``!ENV NAME`` or ``!ENV [NAME, OTHER, default]``, as
    MkDocs does."""
    if isinstance(node, yaml.MappingNode):
        node.value = [(k, _resolved(v, env)) for k, v in node.value]
    elif isinstance(node, yaml.SequenceNode):
        node.value = [_resolved(v, env) for v in node.value]


def _resolved(node: yaml.Node, env: Mapping[str, str]) -> yaml.Node:
    if node.tag != "!ENV":
        _resolve(node, env)
        return node
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    names = [i.value for i in items if isinstance(i, yaml.ScalarNode)]
    for name in names:
        if name in env:
            return yaml.ScalarNode(
                "tag:yaml.org,2002:str", env[name], node.start_mark, node.end_mark
            )
    if isinstance(node, yaml.SequenceNode) and len(items) > 1:
        return items[-1] if isinstance(items[-1], yaml.Node) else node
    return yaml.ScalarNode("tag:yaml.org,2002:null", "", node.start_mark, node.end_mark)
