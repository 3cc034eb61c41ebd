"""PDF captures: columns, pages, running heads, hyphens, titles and captions; and clear words for
those that cannot be read."""

from __future__ import annotations

import re
from io import BytesIO

import pytest

from site_gen.capture import capture
from site_gen.capture.pdf import MOST_PAGES
from tests.pdfs import Put, column, pdf

ONE = [
    "The gondola above the lake stopped on Tuesday after",
    "a cable had slipped, and some 300 people waited in",
    "the cabins for hours.",
    "",
    "Rescuers brought the last of them down at 9 p.m.,",
    "the operator said.",
]
TWO = [
    "The mayor of Oster called the rescue a success and",
    "thanked the crews who had climbed along the cable",
    "in the dark.",
    "",
    "The line had been inspected two weeks before, ac-",
    "cording to the records of the valley, and was found",
    "to be in order.",
]


def _body(data: bytes) -> list[str]:
    return [p.text for p in capture(data, "pdf").paragraphs if p.role == "body"]


def test_paragraphs_of_one_column() -> None:
    """Lines of a paragraph are joined; a gap begins the next."""
    assert _body(pdf([column(72, 700, ONE)])) == [
        (
            "The gondola above the lake stopped on Tuesday after a cable had slipped, and some 300"
            " people waited in the cabins for hours."
        ),
        "Rescuers brought the last of them down at 9 p.m., the operator said.",
    ]


def test_two_columns_are_read_one_after_the_other() -> None:
    """A title across both stands first, then the left column, then the right one."""
    title = [Put(72, 740, "Cable of the gondola slips above the lake", 22, True)]
    draft = capture(pdf([[*title, *column(72, 700, ONE), *column(330, 700, TWO)]]), "pdf")
    body = [p.text for p in draft.paragraphs if p.role == "body"]
    assert [t.split()[1] for t in body] == ["gondola", "brought", "mayor", "line"]
    assert draft.metadata["headline"].value == "Cable of the gondola slips above the lake"


def test_columns_written_line_by_line() -> None:
    """The order in which a program wrote the pieces does not matter, only their places."""
    puts = [*column(72, 700, ONE), *column(330, 700, TWO)]
    assert _body(pdf([sorted(puts, key=lambda p: (-p.y, p.x))])) == _body(pdf([puts]))


def test_a_paragraph_over_two_pages() -> None:
    """A paragraph that a page breaks is one; running heads and page numbers between its halves are
    left out, and are listed."""
    heads = [
        [Put(72, 770, "Oster Valley Courier", 8), Put(500, 30, f"Page {n} of 2", 8)] for n in (1, 2)
    ]
    draft = capture(
        pdf([[*column(72, 700, ONE[:2]), *heads[0]], [*column(72, 700, ONE[2:]), *heads[1]]]), "pdf"
    )
    assert [p.text for p in draft.paragraphs if p.role == "body"] == _body(
        pdf([column(72, 700, ONE)])
    )
    assert sorted(x.text for x in draft.left_out) == [
        "Oster Valley Courier",
        "Oster Valley Courier",
        "Page 1 of 2",
        "Page 2 of 2",
    ]
    assert {x.rule for x in draft.left_out} == {"running head"}


def test_a_word_broken_at_the_end_of_a_line() -> None:
    """Its hyphen goes; one that belongs to the word stays."""
    lines = [
        "The line had been inspected, ac-",
        "cording to the records, by a well-",
        "known firm, and the 11-year-",
        "old cable was found to be in or-",
        "der in every one of the tests.",
    ]
    assert _body(pdf([column(72, 700, lines)])) == [
        "The line had been inspected, according to the records, by a well-known firm, and the"
        " 11-year-old cable was found to be in order in every one of the tests."
    ]


def test_small_type_below_a_picture_is_a_caption() -> None:
    """It is kept, as a caption."""
    draft = capture(
        pdf(
            [
                [
                    *column(72, 700, ONE[:3]),
                    Put(72, 640, "The gondola in the morning", 8),
                    *column(72, 600, TWO[:3]),
                ]
            ]
        ),
        "pdf",
    )
    assert [p.role for p in draft.paragraphs] == ["body", "caption", "body"]


def test_the_day_of_the_pdf_is_the_day_of_the_capture() -> None:
    """Where the file says on which day it was made."""
    draft = capture(
        pdf(
            [column(72, 700, ONE)],
            info="/CreationDate (D:20310611093000+02'00') /Title (print.htm)",
        ),
        "pdf",
    )
    assert draft.metadata["captured"].value == "2031-06-11"
    assert "headline" not in draft.metadata


def test_no_word_is_lost() -> None:
    """Every word of the file is in a paragraph, in the headline or among what was left out."""
    puts = [
        Put(72, 770, "Courier", 8),
        Put(72, 740, "Cable slips", 22),
        *column(72, 700, ONE),
        *column(330, 700, TWO),
        Put(300, 20, "1", 8),
    ]
    draft = capture(pdf([puts]), "pdf")
    said = " ".join(
        [
            *(p.text for p in draft.paragraphs),
            *(x.text for x in draft.left_out),
            str(draft.metadata["headline"].value),
        ]
    )
    wanted = re.findall(
        r"\w+",
        " ".join(
            p.text for p in puts if not p.text.endswith("ac-") and not p.text.startswith("cording")
        ),
    )
    assert not [w for w in wanted if w not in said]


def test_text_over_a_picture_only() -> None:
    """A scanned page has no text; what to do is said."""
    with pytest.raises(ValueError, match=r"only pictures of pages.*OCR"):
        capture(pdf([[]]), "pdf")


@pytest.mark.parametrize("cipher", ["RC4-128", "AES-256"])
def test_an_encrypted_pdf(cipher: str) -> None:
    """It is told as such, whatever its cipher."""
    pypdf = pytest.importorskip("pypdf", reason="pip install 'site-gen[add]'")
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf([column(72, 700, ONE)])))
    if cipher != "RC4-128":
        pytest.importorskip(
            "cryptography", reason="pip install cryptography: it writes this cipher"
        )
    writer.encrypt("secret", algorithm=cipher)
    out = BytesIO()
    writer.write(out)
    with pytest.raises(ValueError, match="encrypted"):
        capture(out.getvalue(), "pdf")


def _broken_xref() -> bytes:
    return re.sub(rb"startxref\n\d+", b"startxref\n99999999", pdf([column(72, 700, ONE)]))


def _page_loop() -> bytes:
    return pdf([column(72, 700, ONE)]).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]")


def _stream_without_end() -> bytes:
    return pdf([column(72, 700, ONE)]).replace(b"\nendstream", b"")


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7",
        b"%PDF-1.7\n" + b"<<" * 50_000,
        _broken_xref(),
        _page_loop(),
        _stream_without_end(),
        pdf([column(72, 700, ONE)])[:900],
    ],
    ids=["head only", "deep", "broken xref", "page loop", "stream without end", "cut off"],
)
def test_damaged_files(data: bytes) -> None:
    """They are read as far as they go, or refused with a sentence."""
    try:
        said = "PDF" if capture(data, "pdf").paragraphs else ""
    except ValueError as fault:
        said = str(fault)
    assert "PDF" in said


def test_a_file_of_too_many_pages_is_refused_whole() -> None:
    """Nothing of it is silently left out."""
    with pytest.raises(ValueError, match="more pages"):
        capture(pdf([column(72, 700, ONE[:1])] * (MOST_PAGES + 1)), "pdf")


def test_turned_text_is_listed() -> None:
    """A watermark aslant the page is no text, and is not lost."""
    data = pdf([[*column(72, 700, ONE), Put(300, 400, "PRESS COPY", 40)]])
    draft = capture(data.replace(b"1 0 0 1 300 400 Tm", b"0 1 -1 0 300 400 Tm"), "pdf")
    assert [(x.rule, x.text) for x in draft.left_out] == [("turned or tiny text", "PRESS COPY")]
