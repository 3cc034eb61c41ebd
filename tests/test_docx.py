"""Word documents come in whole, and those that attack do not."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.commands import run


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with a story."""
    run("new", "gondola", cwd=tmp_path)
    return tmp_path


def document(*paragraphs: tuple[str, str]) -> bytes:
    """A Word document: paragraphs with the names of their styles."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    kinds = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style.replace(" ", "")}"/></w:pPr>'
        f"<w:r><w:t>{text}</w:t></w:r></w:p>"
        for style, text in paragraphs
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{s.replace(" ", "")}"><w:name w:val="{s}"/>'
        "</w:style>"
        for s in sorted({style for style, _ in paragraphs})
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kinds}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{kinds}.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1"'
        f' Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {space}>{styles}</w:styles>",
    }
    out = BytesIO()
    with ZipFile(out, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return out.getvalue()


def test_a_word_document(site: Path) -> None:
    """Its styles say what is a title, a heading, a caption; every word of it comes in."""
    data = document(
        ("Title", "Cable snaps above the lake"),
        ("Normal", "A cable of the gondola snapped on Tuesday above the lake."),
        ("heading 1", "What the operator says"),
        ("Normal", "The line would stay closed until June 20, it said &amp; meant."),
        ("caption", "The valley station on Wednesday"),
    )
    (site / "d.docx").write_bytes(data)
    run("add", "gondola", "d.docx", "--outlet", "Ledger", cwd=site)
    text = (site / "content/gondola/ledger.md").read_text(encoding="utf-8")
    assert "headline: Cable snaps above the lake" in text
    assert "## What the operator says" in text
    assert "it said & meant." in text
    assert "{.caption}\nThe valley station" in text
    assert (site / "content/gondola/originals/ledger.docx").read_bytes() == data


def test_a_document_that_unpacks_to_too_much(site: Path) -> None:
    """It is refused by what its directory says, unpacked by nobody."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", b"0" * 201_000_000)
    (site / "bomb.docx").write_bytes(out.getvalue())
    assert "unpacks to more" in run(
        "add", "gondola", "bomb.docx", "--outlet", "Ledger", cwd=site, code=1
    )
