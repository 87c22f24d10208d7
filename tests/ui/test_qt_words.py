"""Words that are Qt's own follow the language of the program: the file dialog, the buttons of a question."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLabel

from dentalsales import i18n
from dentalsales.i18n import use_language, when_language_changes
from dentalsales.ui import qt_words


@pytest.fixture
def listening(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(i18n, "_listeners", [])
    when_language_changes(qt_words.follow)
    yield
    use_language("en")


def cancel(qapp: QApplication) -> str:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    return box.buttons()[0].text().replace("&", "")


@pytest.mark.usefixtures("listening")
def test_qt_speaks_chinese_with_the_program_and_english_again(qapp: QApplication) -> None:
    use_language("zh_CN")
    assert cancel(qapp).startswith("取消")
    use_language("en")
    assert cancel(qapp) == "Cancel"


@pytest.mark.usefixtures("listening")
def test_the_file_dialog_has_no_english_label(qapp: QApplication) -> None:
    use_language("zh_CN")
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.ensurePolished()
    words = [label.text() for label in dialog.findChildren(QLabel)]
    dialog.deleteLater()
    assert words == ["查找范围：", "文件名称(&N)：", "文件类型："]
