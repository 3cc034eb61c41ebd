"""What a person writes wrong is told with file, line and mend, every fault in one run."""

from __future__ import annotations

import pytest

from site_gen.content import read_content

INDEX = b"---\ntitle: Cable snaps\nsummary: ''\n---\n"
ARTICLE = b"---\noutlet: Courier\npublished: 2031-06-10\n---\n\nThe cable snapped.\n"


def faults(**files: bytes) -> list[str]:
    """The faults of a story with those files, as text; ``index`` is given where it is not named."""
    files = {"index": INDEX, **files}
    _, errors = read_content({f"cable/{name}.md": data for name, data in files.items()})
    return [str(e) for e in errors]


def article(front: str, text: str = "The cable snapped.") -> bytes:
    """An article's file."""
    return f"---\n{front}\n---\n\n{text}\n".encode()


CASES = {
    "an outlet that YAML reads as a boolean": (
        "outlet: NO",
        "cable/a.md:2",
        'put it in quotes: outlet: "NO"',
    ),
    "a time instead of a date": (
        "outlet: A\npublished: 12:30",
        "cable/a.md:3",
        "write a day, 2022-02-10",
    ),
    "a date-time without a zone": (
        "outlet: A\npublished: 2031-06-10T12:30",
        "cable/a.md:3",
        "has a time without a zone",
    ),
    "a day that does not exist": (
        "outlet: A\npublished: 2031-02-30",
        "cable/a.md:3",
        "is not a day of the calendar",
    ),
    "a key twice": ("outlet: A\noutlet: B", "cable/a.md:3", "`outlet` stands here twice"),
    "a tab": ("outlet: A\nleft_out:\n\t- text: x", "cable/a.md:4", "indent with spaces"),
    "an unknown key": (
        "outlet: A\npublishd: 2031-06-10",
        "cable/a.md:3",
        "did you mean `published`?",
    ),
    "no outlet": ("headline: A", "cable/a.md:2", "`outlet` is missing"),
    "a wrong right": (
        "outlet: A\nrights: mine",
        "cable/a.md:3",
        "is not one of licensed, own, third-party",
    ),
    "an address that is none": (
        "outlet: A\nurl: javascript:alert(1)",
        "cable/a.md:3",
        "is not a web address",
    ),
    "an original outside the story": (
        "outlet: A\noriginal: {file: ../x, sha256: " + "0" * 64 + "}",
        "cable/a.md:3",
        "leaves the story's folder",
    ),
    "a hash that is none": (
        "outlet: A\noriginal: {file: originals/x, sha256: abc}",
        "cable/a.md:3",
        "64 hexadecimal digits",
    ),
    "a version of nothing": (
        "outlet: A\nversion_of: b",
        "cable/a.md",
        "names no article of this story",
    ),
    "captured before published": (
        "outlet: A\npublished: 2031-06-10\ncaptured: 2031-06-09",
        "cable/a.md:4",
        "is before",
    ),
    "a list where a text belongs": ("outlet: [A, B]", "cable/a.md:2", "must be one text"),
    "an archive link that is none": (
        "outlet: A\narchive: ['javascript:alert(1)']",
        "cable/a.md:3",
        "is not a web address",
    ),
    "YAML that is none": ("outlet: 'A", "cable/a.md", "this is not valid YAML"),
}


@pytest.mark.parametrize(("front", "place", "words"), CASES.values(), ids=CASES.keys())
def test_fault_names_place_and_mend(front: str, place: str, words: str) -> None:
    """Each fault names its file and line and says how to mend it."""
    found = faults(a=article(front))
    assert any(f.startswith(place) and words in f for f in found), found


def test_all_faults_in_one_run() -> None:
    """Two faulty articles give two faults."""
    assert len(faults(a=article("outlet: NO"), b=article("outlet: B\nrigths: own"))) == 2


def test_an_article_needs_text() -> None:
    """Front matter alone is not an article."""
    assert "this article has no text" in faults(a=article("outlet: A", ""))[0]


def test_front_matter_must_be_closed() -> None:
    """A missing closing line is told as such."""
    assert "no closing `---`" in faults(a=b"---\noutlet: A\n\nText.\n", b=ARTICLE)[0]


def test_a_story_needs_an_index() -> None:
    """Articles without index.md are told what to create."""
    _, errors = read_content({"cable/a.md": ARTICLE})
    assert "this story has no index.md" in str(errors[0])


def test_not_utf8() -> None:
    """Bytes that are not UTF-8 are named by line, not a traceback."""
    assert "not UTF-8" in faults(a=ARTICLE + "Caf\xe9".encode("latin-1"))[0]


def test_reserved_names() -> None:
    """An article cannot take the address of another page."""
    assert "cannot be an article's name" in faults(passages=ARTICLE)[0]


def test_unknown_role() -> None:
    """A role that does not exist is named with its line."""
    found = faults(a=article("outlet: A", "Text.\n\n{.captoin}\nA picture."))
    assert (
        found[0].startswith("cable/a.md:8: `{.captoin}` is not a role")
        or "`{.captoin}` is not a role" in found[0]
    )


def test_aliases_and_pages_do_not_collide() -> None:
    """A page at a story's address is a fault."""
    _, errors = read_content(
        {"cable/index.md": INDEX, "cable/a.md": ARTICLE, "cable.md": b"# Page\n"}
    )
    assert "would stand at the address" in str(errors[0])


def test_roles_and_lines() -> None:
    """Captions, headings and lines of an article are read as written."""
    content, errors = read_content(
        {
            "cable/index.md": INDEX,
            "cable/a.md": article("outlet: A", "One.\n\n## Head\n\n{.caption}\nA picture."),
        }
    )
    assert not errors
    paragraphs = content.stories[0].articles[0].paragraphs
    assert [(p.role, p.text) for p in paragraphs] == [
        ("body", "One."),
        ("heading", "Head"),
        ("caption", "A picture."),
    ]
    assert paragraphs[0].line == 5


def test_permalinks_do_not_move_with_edits_elsewhere() -> None:
    """A paragraph's permalink depends on its own words; repeated words are told apart."""
    texts = ["One.\n\nTwo.\n\nTwo.", "Zero.\n\nOne, mended.\n\nTwo.\n\nTwo."]
    ids = []
    for text in texts:
        content, _ = read_content(
            {"cable/index.md": INDEX, "cable/a.md": article("outlet: A", text)}
        )
        ids.append([p.pid for p in content.stories[0].articles[0].paragraphs if p.text == "Two."])
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 2


def test_raw_html_is_text() -> None:
    """Markup in a capture is shown as text, never run."""
    content, _ = read_content(
        {
            "cable/index.md": INDEX,
            "cable/a.md": article("outlet: A", "<script>alert(1)</script> & <b>x</b>"),
        }
    )
    assert (
        content.stories[0].articles[0].paragraphs[0].text == "<script>alert(1)</script> & <b>x</b>"
    )


def test_deep_quotation_is_not_lost() -> None:
    """A paragraph behind many quotation marks is still a paragraph."""
    content, errors = read_content(
        {
            "cable/index.md": INDEX,
            "cable/a.md": article("outlet: A", "> " * 25 + "Deeply quoted, with 77 dogs."),
        }
    )
    assert not errors
    assert "Deeply quoted, with 77 dogs." in content.stories[0].articles[0].paragraphs[0].text


def test_half_a_character_breaks_nothing() -> None:
    """An escape in YAML that names half a character becomes a question mark."""
    content, _ = read_content(
        {"cable/index.md": INDEX, "cable/a.md": article('outlet: "A\\ud800"')}
    )
    content.stories[0].articles[0].outlet.encode()
