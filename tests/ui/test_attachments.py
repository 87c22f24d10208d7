"""Files of a record in the window: chosen, dropped and pasted, several at once, and seen without leaving it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from figures import Record, proved
from hostile_names import HOSTILE
from office_forms import CTRL, Office, in_dialog, working
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from reportlab.pdfgen.canvas import Canvas
from toy_office import OFFICE

from dentalsales.blueprint.house_records import Attachment
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.ui.attachment_preview import AttachmentPreview, free_places, save_copies
from dentalsales.ui.editors.attachments import AttachmentsEditor
from dentalsales.ui.reason_dialog import ReasonDialog
from dentalsales.ui.record_form import RecordForm
from dentalsales.usecases import attach
from dentalsales.usecases.form import open_form

assert OFFICE


@pytest.fixture
def office(tmp_path: Path, qtbot: Any) -> Iterator[Office]:
    yield from working(tmp_path, qtbot)


@pytest.fixture
def form(office: Office) -> RecordForm:
    return office.open(open_form(office.desk, "clinics", 1))


def files_of(form: RecordForm) -> AttachmentsEditor:
    editor: AttachmentsEditor = form.body.cells["papers"].editor
    return editor


def names(form: RecordForm) -> list[str]:
    return [file.name for file in files_of(form).files]


def drop_on(form: RecordForm, *paths: Path) -> None:
    """Drag files over the form and let them go beside any field."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    content, _drawn = form.body.widget(), form.body.cells
    words = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPoint(5, 5), *words)
    QApplication.sendEvent(content, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(content, QDropEvent(QPointF(5, 5), *words))


def pdf(path: Path, pages: int, size: tuple[float, float] = (300, 200)) -> Path:
    canvas = Canvas(str(path), size)
    for _number in range(pages):
        canvas.rect(20, 20, 50, 50, fill=1)
        canvas.showPage()
    canvas.save()
    return path


def photo(path: Path, width: int = 40, height: int = 30) -> Path:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    image.save(str(path))  # type: ignore[call-overload]
    return path


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_files_are_dropped_and_pasted_and_each_refusal_is_named(
    office: Office, form: RecordForm, tmp_path: Path
) -> None:
    licence, program = pdf(tmp_path / "许可证.pdf", 2), written(tmp_path / "setup.exe", b"MZ")
    drop_on(form, licence, program, tmp_path)
    assert office.shell.runner.settle()
    assert names(form) == ["许可证.pdf"]
    refused = files_of(form)._refusal.text().splitlines()
    assert refused[0] == "setup.exe is a program or a script, which can't be attached." and len(refused) == 2
    clipboard = QGuiApplication.clipboard()
    clipboard.setText(f'"{photo(tmp_path / "a.png")}"\n{photo(tmp_path / "b.jpg")}')
    files_of(form).setFocus()
    office.press(Qt.Key.Key_V, held=CTRL)
    assert office.shell.runner.settle()
    assert names(form) == ["许可证.pdf", "a.png", "b.jpg"] and not files_of(form)._refusal.isVisible()
    image = QImage(60, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("blue"))
    clipboard.setImage(image)
    office.press(Qt.Key.Key_V, held=CTRL)
    assert office.shell.runner.settle()
    assert names(form)[3].startswith("Picture 2026-11-22 ") and names(form)[3].endswith(".png")
    form.body.grids["contacts"].grid.setFocus()
    image.fill(QColor("red"))
    clipboard.setImage(image)
    office.press(Qt.Key.Key_V, held=CTRL)
    assert office.shell.runner.settle()
    assert len(names(form)) == 5, "a picture that is pasted into the lines belongs to the record"
    files_of(form).setFocus()
    clipboard.setText("x" * 5000)
    office.press(Qt.Key.Key_V, held=CTRL)
    assert files_of(form)._refusal.text().startswith("There is no file or picture to paste.")
    assert not form.form.is_changed


def test_no_hostile_name_leads_anywhere_by_drop_open_or_save(
    office: Office, form: RecordForm, tmp_path: Path, record_property: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files that really bear such names are dropped; then rows bear them as another program could have written them."""
    source, chosen = tmp_path / "from", tmp_path / "chosen" / "copies"
    source.mkdir()
    chosen.mkdir(parents=True)
    dropped = [path for name in HOSTILE if (path := file_named(source, name)) is not None]
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    files_of(form).add(dropped)
    assert office.shell.runner.settle()
    with office.desk.company.writing() as session:
        rows = session.query(Attachment).all()
        for at, name in enumerate(HOSTILE):
            text = name.encode(errors="replace").decode()[:200].replace("\0", "")
            session.add(Attachment(register="clinics", record_id=1, name=text, sha256=rows[at % len(rows)].sha256,
                                   kind="", size=4, added_at=office.desk.now()))  # fmt: skip
    files_of(form).set_value(None)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *words: str(chosen))
    opened, refused = [], 0
    for info in files_of(form).files:
        try:
            opened.append(attach.open_copy(office.desk, info.id))
        except RuleBroken:
            refused += 1
    places = free_places(chosen, names(form))
    save_copies(office.shell, [(one, opened[0]) for one in files_of(form).files], lambda error: None)
    assert office.shell.runner.settle()
    written_to = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    own = (chosen, office.desk.company.folder, tmp_path / "preferences.json")
    outside = [path for path in written_to if not any(path.is_relative_to(one) for one in own)]
    outside += [place for place in places if place.parent != chosen]
    proved(record_property, "S6 window", names=len(HOSTILE), dropped=len(dropped), opened=len(opened), refused=refused,
           saved=len(list(chosen.iterdir())), outside=len(outside))  # fmt: skip
    assert outside == [] and len(dropped) >= 30 and len(list(chosen.iterdir())) == len(files_of(form).files)


def file_named(folder: Path, name: str) -> Path | None:
    """A file that bears this name; None for one that no file can bear here."""
    if not name or "/" in name or name in (".", ".."):
        return None
    try:
        return written(folder / name, b"scan")
    except (OSError, ValueError):
        return None


def test_a_file_is_taken_off_by_delete_with_a_reason_and_put_back(
    office: Office, form: RecordForm, tmp_path: Path
) -> None:
    files = files_of(form)
    files.add([written(tmp_path / "scan.txt", b"1"), written(tmp_path / "wrong.txt", b"2")])
    assert office.shell.runner.settle()
    files.list.setFocus()
    files.list.setCurrentRow(1)
    said = []

    def give_a_reason(dialog: ReasonDialog) -> None:
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return, CTRL)
        said.extend((dialog.windowTitle(), dialog.isVisible(), dialog.banner.isVisible()))
        QTest.keyClicks(dialog.focusWidget(), "another clinic's")
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return, CTRL)

    in_dialog(give_a_reason)
    office.press(Qt.Key.Key_Delete)
    assert said == ["Take wrong.txt off?", True, True], "without a reason it stays open and says so"
    struck = files.list.item(1)
    assert struck.text() == "wrong.txt  (1 KB) – taken off" and struck.font().strikeOut()
    assert form.form.history()[0].note == "wrong.txt: another clinic's"
    offered = {one.text() for one in files.findChildren(QPushButton) if one.isVisible()}
    assert "Put back" in offered and "Take off" not in offered
    [back] = [one for one in files.findChildren(QPushButton) if one.text() == "Put back"]
    back.click()
    assert not files.list.item(1).font().strikeOut() and not files.files[1].is_off


def test_the_preview_shows_pictures_and_pages_and_says_what_else_there_is(
    office: Office, form: RecordForm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = written(tmp_path / "价格.xlsx", b"PK no picture")
    broken, sly = written(tmp_path / "broken.pdf", b"%PDF-1.7 nothing"), tmp_path / "sly.png"
    sly.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>'
    )
    huge = pdf(tmp_path / "huge.pdf", 1, (14_000, 14_000))
    files_of(form).add([pdf(tmp_path / "three.pdf", 3), photo(tmp_path / "scan.jpg"), table, broken, sly, huge])
    assert office.shell.runner.settle()
    files_of(form).list.setFocus()
    files_of(form).list.setCurrentRow(0)
    office.press(Qt.Key.Key_Return)
    [preview] = form.window().findChildren(AttachmentPreview) or [
        one for one in QApplication.topLevelWidgets() if isinstance(one, AttachmentPreview)
    ]
    assert office.shell.runner.settle()
    assert "File 1 of 6 · Page 1 of 3" in preview.status.text() and len(preview.pages.sheets) == 3
    QTest.keyClick(preview, Qt.Key.Key_PageDown)
    assert "Page 2 of 3" in preview.status.text()
    seen = []
    for _file in range(5):
        QTest.keyClick(preview, Qt.Key.Key_Right)
        assert office.shell.runner.settle()
        seen.append(
            (preview.file.name, len(preview.shown.sizes) if preview.shown else preview.words.text().split("\n")[-1])
        )
    closed = "This kind of file isn't shown here. Open it with its own program."
    assert seen == [
        ("scan.jpg", 1),
        ("价格.xlsx", closed),
        ("broken.pdf", closed),
        ("sly.png", closed),
        ("huge.pdf", 1),
    ]
    assert preview.shown is not None
    drawn = preview.shown.picture(preview.shown.path, 0, 4 * 96)
    assert 0 < drawn.width() * drawn.height() <= 31_000_000
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *words: (str(tmp_path / "kept.pdf"), ""))
    QTest.keyClick(preview, Qt.Key.Key_S, CTRL)
    assert office.shell.runner.settle()
    assert (tmp_path / "kept.pdf").read_bytes() == huge.read_bytes()
    QTest.keyClick(preview, Qt.Key.Key_Escape)
    assert not preview.isVisible()
    files_of(form).list.selectAll()
    (tmp_path / "copies").mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *words: str(tmp_path / "copies"))
    [save] = [one for one in files_of(form).findChildren(QPushButton) if one.text() == "Save a copy…"]
    save.click()
    assert office.shell.runner.settle()
    assert len(list((tmp_path / "copies").iterdir())) == 6


def test_copies_of_the_same_name_stand_side_by_side(tmp_path: Path) -> None:
    written(tmp_path / "scan.pdf", b"older")
    places = [place.name for place in free_places(tmp_path, ["scan.pdf", "SCAN.pdf", "b.pdf"])]
    assert places[0] == "scan (2).pdf" and len({name.casefold() for name in places}) == 3
