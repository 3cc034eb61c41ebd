"""The data files: they load where researchers load them, say what they hold, and are the same model
as the pages."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_gen.render.json_text import json_text
from site_gen.render.tables import COLUMNS

STORY = "oster-gondola"


def read(path: Path) -> list[list[str]]:
    """The lines of a CSV file."""
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8"), newline="")))


@pytest.mark.parametrize("name", COLUMNS)
def test_tables_load_in_pandas_and_duckdb(sample_site: Path, name: str) -> None:
    """Both read every line and the described columns of all stories, and numbers as numbers."""
    path = sample_site / "data" / f"{name}.csv"
    lines = read(path)
    frame = pd.read_csv(path)
    columns = [c for c, _, _ in COLUMNS[name]]
    assert list(frame.columns) == columns
    assert len(frame) == len(lines) - 1 > 0
    rows = duckdb.read_csv(str(path))
    assert rows.columns == columns
    assert len(rows.fetchall()) == len(frame)
    for column, kind, _ in COLUMNS[name]:
        if kind in ("integer", "number") and column != "paragraph":
            assert pd.api.types.is_numeric_dtype(frame[column]), column


@pytest.mark.parametrize("folder", [STORY, "data"])
def test_the_description_is_of_the_tables(sample_site: Path, folder: str) -> None:
    """``csv-metadata.json`` names every file beside it and its columns in order, each with a
    meaning."""
    described = json.loads((sample_site / folder / "csv-metadata.json").read_text(encoding="utf-8"))
    assert described["@context"][0] == "http://www.w3.org/ns/csvw"
    assert {t["url"] for t in described["tables"]} == {
        p.name for p in (sample_site / folder).glob("*.csv")
    }
    for table in described["tables"]:
        head = (
            (sample_site / folder / table["url"])
            .read_text(encoding="utf-8")
            .split("\n", 1)[0]
            .strip()
        )
        assert head.split(",") == [c["name"] for c in table["tableSchema"]["columns"]]
        assert all(c["dc:description"] for c in table["tableSchema"]["columns"])


def test_spans_of_the_tables_quote_the_data(sample_site: Path) -> None:
    """``text[start:end]`` of the paragraph in data.json is the text of every line, and every row id
    is one of data.json."""
    data = json.loads((sample_site / STORY / "data.json").read_text(encoding="utf-8"))
    texts = {
        (a["id"], str(p["index"])): p["text"] for a in data["articles"] for p in a["paragraphs"]
    }
    texts |= {(a["id"], "headline"): a["headline"] for a in data["articles"]}
    ids = {r["id"] for r in data["rows"]}
    for name in ("rows", "figures", "dates", "quotations"):
        head, *lines = read(sample_site / STORY / f"{name}.csv")
        for line in (dict(zip(head, values, strict=True)) for values in lines):
            if line["text"]:
                assert (
                    texts[line["article"], line["paragraph"]][int(line["start"]) : int(line["end"])]
                    == line["text"]
                )
            assert not line["row"] or line["row"] in ids


def test_key_figures_of_a_source_are_its_rows(sample_site: Path) -> None:
    """Each article lists the rows that it has a cell in, those that several sources share first."""
    data = json.loads((sample_site / STORY / "data.json").read_text(encoding="utf-8"))
    rows = {r["id"]: r for r in data["rows"]}
    for article in (a for a in data["articles"] if a["id"] in data["sources"]):
        keys = [rows[k] for k in article["key"]]
        assert keys
        assert all(article["id"] in [c["source"] for c in r["cells"]] for r in keys)
        shared = [len(r["cells"]) > 1 for r in keys]
        assert shared == sorted(shared, reverse=True)


@pytest.mark.exam
@pytest.mark.skipif(
    shutil.which("ssconvert") is None, reason="a spreadsheet is needed: apt-get install gnumeric"
)
@pytest.mark.parametrize("name", COLUMNS)
def test_tables_load_in_a_spreadsheet(sample_site: Path, tmp_path: Path, name: str) -> None:
    """A spreadsheet reads the file and writes it again with as many lines and the same columns."""
    path, out = sample_site / STORY / f"{name}.csv", tmp_path / "out.csv"
    subprocess.run(["ssconvert", str(path), str(out)], check=True, capture_output=True, timeout=120)
    ours, theirs = read(path), read(out)
    assert theirs[0] == ours[0]
    assert len(theirs) == len(ours)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(PLAIN)
def test_json_is_what_the_library_writes(value: object) -> None:
    """Byte for byte, for every value that JSON has."""
    assert json_text(value) == json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
