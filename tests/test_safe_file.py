import os
from pathlib import Path

import pytest

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import tr
from dentalsales.safe_file import write_safely


def test_the_new_file_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "月报.xlsx"
    path.write_text("old")
    with write_safely(path) as draft:
        assert draft.suffix == ".xlsx" and draft.parent == tmp_path
        draft.write_text("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_an_error_leaves_the_old_file_and_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError), write_safely(path) as draft:
        draft.write_text("half")
        raise ZeroDivisionError
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_the_old_file_and_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_text("old")
    with pytest.raises(RuleBroken) as refused, write_safely(path) as draft:
        draft.write_text("half")
        with open("/dev/full", "wb", buffering=0) as full:
            full.write(b"more")
    assert tr(refused.value.text).startswith("The disk is full, so report.xlsx was not written.")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_in_use_elsewhere_is_said_clearly(tmp_path: Path) -> None:
    with pytest.raises(RuleBroken, match="open in another program such as Excel"), write_safely(tmp_path / "a.xlsx"):
        raise PermissionError(13, "in use")


def test_a_missing_folder_and_a_folder_of_that_name_are_said_clearly(tmp_path: Path) -> None:
    with pytest.raises(RuleBroken, match="does not exist"), write_safely(tmp_path / "missing" / "a.pdf") as draft:
        draft.write_text("x")
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(RuleBroken, match="no file can take its place"), write_safely(tmp_path / "a.pdf") as draft:
        draft.write_text("x")
    assert os.listdir(tmp_path) == ["a.pdf"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_device_or_a_pipe_stays_what_it_is(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "null")
    with pytest.raises(RuleBroken, match="no file can take its place"), write_safely(tmp_path / "null") as draft:
        draft.write_text("x")
    assert (tmp_path / "null").is_fifo() and os.listdir(tmp_path) == ["null"]


def test_a_name_as_long_as_the_disk_allows_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("长" * 83 + ".pdf")
    with write_safely(path) as draft:
        draft.write_text("x")
    assert path.read_text() == "x"
