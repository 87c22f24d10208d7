"""Backups: how safe the company is, a copy now, where the copies go, and the way back through one of them."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QVBoxLayout

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.exchange.cell_text import shown
from dentalsales.i18n import _, tr
from dentalsales.ui.copy_dialog import CopyDialog
from dentalsales.ui.flow_layout import FlowLayout
from dentalsales.ui.icons import pixmap
from dentalsales.ui.messages import Banner
from dentalsales.ui.page import Page, button, label
from dentalsales.ui.passphrase_dialog import PassphraseDialog
from dentalsales.ui.plain_table import PlainColumn, PlainModel, PlainRow
from dentalsales.ui.shell import Shell
from dentalsales.ui.table_view import TableView
from dentalsales.usecases import backup_inside, backup_key, backup_state, settings_desk

COLUMNS = (
    PlainColumn(_("Made at"), "moment"),
    PlainColumn(_("Age")),
    PlainColumn(_("Why")),
    PlainColumn(_("Where")),
    PlainColumn(_("Size in MB"), "money"),
    PlainColumn(_("Verified"), "yes_no"),
    PlainColumn(_("Orders"), "number"),
    PlainColumn(_("Passphrase"), "yes_no"),
    PlainColumn(_("File")),
)
NEW_PASSPHRASE = _(
    "Copies in the second place are made unreadable without this passphrase. It is stored nowhere: write it down and "
    "keep it in a safe place, because without it nobody can open those copies. The copies beside the company stay "
    "readable, as the company itself is."
)
ASKED_PASSPHRASE = _("This copy is under a passphrase. Enter the one in force when it was made.")


class BackupPage(Page):
    """Enter on a copy shows what is inside; from there it is opened to look, or restored."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(_("Backup"), shell.workspace.room)
        self._shell = shell
        self.copies: list[Any] = []
        self.banner, self.state, self.detail = Banner(), label("", "section"), label("", "secondary")
        self._sign = QLabel()
        self.detail.setWordWrap(True)
        self.model = PlainModel(COLUMNS, self)
        self.table = TableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(tr(_("Backups")))
        self.table.opened.connect(lambda _row: self._look_inside())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.banner)
        layout.addWidget(self._card())
        layout.addWidget(self._list_card(), 1)
        shell.backups.changed.connect(self._show_state)
        self._show_state()

    def _card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        words = QHBoxLayout()
        words.setSpacing(8)
        words.addWidget(self._sign)
        words.addWidget(self.state, 1)
        self.now = button(_("Back up now"), "database-export", "primary")
        self.inside = button(_("Look inside"), "eye")
        self.file = button(_("Look inside a file…"), "upload")
        self.elsewhere = button(_("Back up to a folder…"), "download")
        self.place = button(_("Second place…"), "device-floppy")
        self.passphrase = button(_("Passphrase…"), "key")
        self.now.clicked.connect(lambda: self._back_up(None))
        self.inside.clicked.connect(self._look_inside)
        self.file.clicked.connect(self._choose_file)
        self.elsewhere.clicked.connect(self._choose_folder)
        self.place.clicked.connect(self._choose_place)
        self.passphrase.clicked.connect(self._choose_passphrase)
        row = FlowLayout()
        for each in (self.now, self.inside, self.file, self.elsewhere, self.place, self.passphrase):
            row.addWidget(each)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(words)
        layout.addWidget(self.detail)
        layout.addLayout(row)
        return card

    def _list_card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(1, 1, 1, 8)
        layout.addWidget(self.table)
        self.table.resized.connect(self._fit)
        return card

    def take_focus(self) -> None:
        """Begin at the button, where copies are made here; there may be other ones by now."""
        (self.now if self.now.isEnabled() else self.table).setFocus()
        self.refresh()

    def refresh(self) -> None:
        """Read which copies there are, here and elsewhere."""
        desk = self._shell.desk
        self._shell.runner.run(lambda: backup_inside.known_copies(desk), self._show, owner=self)

    def _show_state(self) -> None:
        """Follow what the watch knows."""
        watch = self._shell.backups
        state = watch.state
        theirs = state is not None and bool(state.made_by)
        for one in (self.now, self.file, self.elsewhere, self.place):
            one.setEnabled(not theirs)
        if watch.problem:
            self.banner.tell(watch.problem, "warning")
        if state is None:
            return
        warns = state.warns or bool(watch.problem)
        sign = ("alert-triangle", 20, "warning") if warns else ("check", 20, "success")
        self._sign.setPixmap(pixmap(*sign, self.devicePixelRatioF()))
        self.state.setText(tr(backup_state.short_words(state)))
        self.detail.setText(tr(backup_state.long_words(state)))
        if self.isVisible() and not watch.working:
            self.refresh()

    def _fit(self) -> None:
        self.table.fit_columns({}, [column.label for column in COLUMNS], len(COLUMNS) - 1)

    def _show(self, found: list[Any]) -> None:
        self.copies, now = found, self._shell.desk.now()
        chosen = self.table.currentIndex().row()
        self.model.show_rows(
            [
                PlainRow(
                    (
                        copy.info.made_at,
                        backup_state.age(now - copy.info.made_at),
                        backup_inside.REASONS.get(copy.info.reason, backup_inside.REASONS[""]),
                        copy.where,
                        Decimal(copy.info.size).scaleb(-6).quantize(Decimal("0.01")),
                        copy.info.verified,
                        copy.info.counts.get("order"),
                        copy.info.sealed,
                        copy.info.path.name,
                    )
                )
                for copy in found
            ]
        )
        self._fit()
        if found:
            self.table.setCurrentIndex(self.model.index(max(0, min(chosen, len(found) - 1)), 0))
        self.inside.setEnabled(bool(found))

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr(_("Folder for the backup")))
        if folder:
            self._back_up(Path(folder))

    def _back_up(self, folder: Path | None) -> None:
        if self._shell.backups.working:  # the button stays, so that the focus does
            self._shell.toast(_("Backing up…"))
            return
        self._shell.backups.make("by_hand", folder, self._made, self._refused)

    def _made(self, info: Any) -> None:
        self.banner.hide()
        self._shell.toast(_("Backup {file} made and verified.").fill(file=info.path.name), "success")
        self.refresh()

    def _refused(self, error: Exception) -> None:
        self.banner.refuse(error)

    def _done_well(self, act: Callable[[], None]) -> bool:
        """Do something at once; False when it was refused, which the banner says."""

        def done() -> bool:
            act()
            self.banner.hide()
            return True

        return bool(self._shell.attempt(done, self._refused))

    def _choose_place(self) -> None:
        """Choose where each copy also goes; the settings page does the same."""
        desk = self._shell.desk
        if not self._done_well(lambda: settings_desk.demand(desk)):
            return
        folder = QFileDialog.getExistingDirectory(self, tr(_("Second place of the backups")))
        if folder:  # a share may keep one waiting
            self._shell.runner.run(
                lambda: settings_desk.change(desk, "backup_place", folder),
                lambda _done: self._place_chosen(folder),
                self._refused,
                owner=self,
            )

    def _place_chosen(self, folder: str) -> None:
        self.banner.hide()
        self._shell.toast(_("From now on each copy also goes to {folder}.").fill(folder=folder), "success")
        self._shell.backups.look()

    def _choose_passphrase(self) -> None:
        desk, state = self._shell.desk, self._shell.backups.state
        if not self._done_well(lambda: backup_key.demand_manager(desk)):
            return
        dialog = PassphraseDialog(self, True, NEW_PASSPHRASE, bool(state and state.sealed))
        if dialog.exec():
            words = dialog.passphrase
            self._shell.runner.run(
                lambda: backup_key.set_passphrase(desk, words),
                lambda _done: self._passphrase_set(bool(words)),
                self._refused,
                owner=self,
            )

    def _passphrase_set(self, there: bool) -> None:
        told = _("Later copies elsewhere are under the passphrase.")
        self._shell.toast(told if there else _("Later copies elsewhere bear no passphrase."), "success")
        self._shell.backups.look()

    def _choose_file(self) -> None:
        start = str(self._shell.desk.company.backups)
        file, _kind = QFileDialog.getOpenFileName(self, tr(_("Look inside a file…")), start, "*.dsbackup")
        if file:
            self._open(Path(file))

    def _look_inside(self) -> None:
        row = self.table.currentIndex().row()
        if 0 <= row < len(self.copies):
            self._open(self.copies[row].info.path)

    def _open(self, file: Path, passphrase: str = "") -> None:
        """Verify the copy and show what is in it; one under a passphrase asks for it first, again when it is wrong."""
        desk = self._shell.desk

        def refused(error: Exception) -> None:
            needed = isinstance(error, RuleBroken) and (error.field == "passphrase")
            if not needed:
                self._refused(error)
                return
            dialog = PassphraseDialog(self, False, ASKED_PASSPHRASE)
            if passphrase:
                dialog.banner.refuse(error)
            if dialog.exec():
                self._open(file, dialog.passphrase)

        self._shell.runner.run(
            lambda: backup_inside.look_inside(desk, file, passphrase),
            lambda inside: self._show_inside(inside, file, passphrase),
            refused,
            owner=self,
            label=_("Verifying the copy…"),
        )

    def _show_inside(self, inside: Any, file: Path, passphrase: str) -> None:
        self.banner.hide()
        self.dialog = CopyDialog(
            self._shell,
            inside,
            self,
            lambda: self._shell.look_asked.emit(file, passphrase),
            lambda: self._restore(inside, file, passphrase),
        )
        self.dialog.open()

    def _restore(self, inside: Any, file: Path, passphrase: str) -> None:
        """Ask once more, then let the window close and the restore run."""
        question = _(
            "Restore the copy of {moment}? {lost} "
            "First a copy of today is made, so that there is a way back. The program asks you to sign in again."
        )
        lost = backup_inside.lost_words(self._shell.desk, inside)
        if self._shell.ask(
            question.fill(moment=shown(inside.info.made_at, "moment"), lost=lost), _("Restore"), danger=True
        ):
            self._shell.restore_asked.emit(file, passphrase)
