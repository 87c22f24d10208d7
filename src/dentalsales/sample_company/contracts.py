"""The contracts of the sample company: approved templates, and contracts in every state of their way."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from dentalsales.registers.contract_notices import ContractNotice
from dentalsales.registers.contract_progress import ContractProgress
from dentalsales.registers.contract_templates import ContractClause, blanks_of
from dentalsales.registers.contracts import (
    Contract,
    ContractBlank,
    ContractDeviation,
    ContractInstalment,
    ContractLine,
)
from dentalsales.registers.requirement_records import RequirementAnalysis, RequirementRecord
from dentalsales.sample_company.amounts import price, yuan
from dentalsales.sample_company.book import Book, Row
from dentalsales.sample_company.catalogue import Goods
from dentalsales.sample_company.contract_wordings import enter_templates
from dentalsales.sample_company.partners import Partner
from dentalsales.sample_company.working_days import DAY, WorkingDays

ADMIN, ROUTE = "contract_admin", ("contract_admin", "manager", "audit")
NOTICED = ("clerk", "finance", "warehouse", "service")
SPECIAL = ("vp", "general_manager", *ROUTE)
FATES = (
    "archived", "effective", "effective", "signed", "ratified", "audit", "contract_admin", "vp", "rejected", "draft",
    "completed", "terminated", "supplemented",
)  # fmt: skip
"""Where the contracts stand: archived, effective, and so on; a role is the one whose turn it is."""
SEALED = ("archived", "effective", "completed", "terminated", "supplemented")
CHANGED = (
    6,
    "甲方收货时应当场核对品名、规格、数量和有效期；对质量有异议的，十五日内书面提出。",
    "客户内部验收需要两周",
)
"""Clause, wording and reason of a deviation."""
WORDS = {"交货地点": "甲方所在地", "包销提货期限": "合同签订后三十日", "经销区域": "本市行政区域"}


@dataclass
class Agreement:
    """What is left of one product of one contract, in smallest units, and its price."""

    contract: int
    since: date
    until: date
    parts: int
    left: int


@dataclass
class Contracts:
    """Enters templates and contracts in the last weeks of the history."""

    book: Book
    days: WorkingDays

    def __post_init__(self) -> None:
        self.templates: dict[str, tuple[int, list[ContractClause]]] = {}
        self.agreed: dict[tuple[int, int], Agreement] = {}

    def price(self, customer: int, goods: Goods, day: date, quantity: int) -> tuple[int, int] | None:
        """Return the agreed price of the usual unit and the contract, and call so many smallest units off."""
        found = self.agreed.get((customer, goods.id))
        if found is None or not found.since < day <= found.until or found.left < quantity:
            return None
        found.left -= quantity
        return found.parts, found.contract

    def make(self, partners: list[Partner]) -> None:
        """Enter a template of each kind, and a contract for each fate with a customer on account."""
        self.templates = enter_templates(self.book, self.days, ADMIN)
        asking = [one for one in partners if one.row["terms"] == "account" and one.since < DAY][-len(FATES):]
        for place, (partner, fate) in enumerate(zip(asking, FATES, strict=False)):
            self._contract(partner, fate, place)

    def _contract(self, partner: Partner, fate: str, place: int) -> None:
        sealed = fate in SEALED
        at = (len(self.days.days) - (34 if sealed else 9) + place % 3) * DAY + 560 + place * 7
        kind = "annual" if place < 3 else "exclusive" if fate == "vp" else "single"
        since, (template, clauses) = self.days.day(at), self.templates[kind]
        rep, book = login_of(self.book, partner), self.book
        until = since + timedelta(days=70 if place == 1 else 364)
        row = book.row(
            Contract, customer_id=partner.row["id"], template_id=template, kind=kind, valid_from=since, valid_to=until,
            subject="口腔耗材", state="draft", entered_at=self.days.at(at), entered_by_id=book.staff[rep],
            party_name=partner.row["name"], party_code=partner.row["credit_code"],
            party_licence=partner.licence_on(since), party_legal_person=partner.row["legal_person"],
            party_agent=partner.row["contact"], party_phone=partner.row["phone"],
            party_address=partner.row["address"], party_bank=partner.row["bank"],
            party_account=partner.row["bank_account"], our_agent_id=partner.row["owner_id"],
        )
        if place < 3:
            row.update(requirement_id=self._requirement(partner, at - 3 * DAY, rep), rebate=Decimal("3.00"),
                       return_quota=Decimal("2.00"))
        total = self._annex(row, partner, since, until, 97 if fate in ("archived", "vp") else 100, sealed)
        row.update(total=total, commitment=total if kind == "annual" else yuan(0))
        self._blanks(row, clauses)
        for number in range(2 if kind == "annual" else 0):
            part = yuan(int(total * 100) // 2)
            book.enter(ContractInstalment, contract_id=row["id"], position=number,
                       due_on=since + timedelta(days=20 + 150 * number), amount=part if number else total - part,
                       condition="到货验收后" if number else "合同生效后", responsible_id=partner.row["owner_id"])
        if fate == "archived":
            clause, words, reason = CHANGED
            book.enter(ContractDeviation, contract_id=row["id"], position=0, clause=clause,
                       old_text=clauses[clause - 1].body, new_text=words, reason=reason)
        self._walk(row, fate, at, rep)
        book.add(Contract, row)
        if fate == "supplemented":
            self._supplement(row, partner, clauses, at + 6 * DAY)

    def _supplement(self, main: Row, partner: Partner, clauses: list[ContractClause], at: int) -> None:
        """Two months more for the same products and prices, under a number of its own."""
        rep, since = login_of(self.book, partner), self.days.day(at)
        parties = {name: value for name, value in main.items() if name.startswith("party_")}
        kept = ("customer_id", "template_id", "kind", "subject", "our_agent_id")
        row = self.book.row(
            Contract, supplement_to_id=main["id"], valid_from=since, valid_to=main["valid_to"] + timedelta(days=60),
            state="draft", entered_at=self.days.at(at), entered_by_id=self.book.staff[rep], remarks="客户要求延期",
            **parties, **{name: main[name] for name in kept},
        )
        row["total"] = self._annex(row, partner, since, row["valid_to"], 100, False)
        self._blanks(row, clauses)
        self._walk(row, "effective", at, rep)
        self.book.add(Contract, row)

    def _blanks(self, row: Row, clauses: list[ContractClause]) -> None:
        for number, (name, usual) in enumerate(blanks_of(clauses).items()):
            self.book.enter(ContractBlank, contract_id=row["id"], position=number, name=name,
                            value=usual or WORDS.get(name, "按约定"))

    def _requirement(self, partner: Partner, at: int, rep: str) -> int:
        book, days = self.book, self.days
        row = book.row(
            RequirementRecord, customer_id=partner.row["id"], asked_on=days.day(at), told_by=partner.row["contact"],
            need="全年稳定供应常用树脂、粘接和印模材料，希望价格不变、按月送货。", state="agreed",
            agreement="按年度框架合同供货，单价一年不变，每月送货一次。", agreed_on=days.day(at + DAY),
            entered_at=days.at(at), entered_by_id=book.staff[rep], number=book.number("KY", days.day(at)),
        )
        said = (("quality", "注册证均在有效期内。"), ("purchasing", "采购周期两周，可以保证。"))
        for number, (who, words) in enumerate(said):
            book.enter(RequirementAnalysis, requirement_record_id=row["id"], position=number, department=who,
                       analysis=words, on=days.day(at))
        key = row["id"]
        self._log("requirement_records", key, "created", ("", "draft"), rep, at)
        self._log("requirement_records", key, "hand_out", ("draft", "in_analysis"), rep, at + 3)
        self._log("requirement_records", key, "agree", ("in_analysis", "agreed"), rep, at + DAY)
        book.add(RequirementRecord, row)
        return int(key)

    def _annex(self, row: Row, partner: Partner, since: date, until: date, percent: int, sealed: bool) -> Decimal:
        total, chosen = 0, list(dict.fromkeys(partner.favourites))[:4]
        for place, one in enumerate(chosen):
            usual = one.price_on(partner.row["price_level"], since)[0]
            parts, quantity = usual * percent // 10000 * 100, 40 + 20 * place
            fen = (parts * quantity + 50) // 100
            total += fen
            if sealed:
                self.agreed[partner.row["id"], one.id] = Agreement(
                    row["id"], since + timedelta(days=5), until, parts, quantity * one.factor)
            self.book.enter(
                ContractLine, contract_id=row["id"], position=place, product_id=one.id, unit=one.unit,
                factor=one.factor, quantity=quantity, list_price=price(usual), unit_price=price(parts),
                amount=yuan(fen), deliver_by=min(until, since + timedelta(days=20 + 60 * place)), requirement="无",
                **_card(one),
            )
        return yuan(total)

    def _walk(self, row: Row, fate: str, at: int, rep: str) -> None:
        key, days, book = row["id"], self.days, self.book
        route = SPECIAL if fate in ("vp", "archived") or row["rebate"] else ROUTE

        def log(step: str, states: tuple[str, str], who: str, moment: int, turn: str = "", note: str = "") -> None:
            self._log("contracts", key, step, states, who, moment, turn, note)

        log("created", ("", "draft"), rep, at)
        if fate == "draft":
            return
        row.update(state="in_review", number=book.number("HT", days.day(at)), route=",".join(route), turn=route[0])
        log("submit", ("draft", "in_review"), rep, at + 5)
        for position, role in enumerate(route):
            moment = days.later(at, 1, 20 * position)
            if role == fate:
                return
            if fate == "rejected":
                row.update(state="rejected", turn="")
                log("reject", ("in_review", "rejected"), role, moment, role, "交货节点来不及，与客户再商定")
                return
            row.update(route_position=position + 1, turn=(*route, "")[position + 1])
            row["state"] = "in_review" if row["turn"] else "ratified"
            row["can_be_met"] = row["can_be_met"] or role == ADMIN
            log("approve", ("in_review", row["state"]), role, moment, role)
        if fate != "ratified":
            self._sign(row, fate, at + 2 * DAY, log)

    def _sign(self, row: Row, fate: str, at: int, log: Any) -> None:
        day = self.days.day(at)
        row.update(state="signed", signed_on=day, signed_at="北京")
        log("sign", ("ratified", "signed"), ADMIN, at)
        if fate == "signed":
            return
        row.update(state="effective", sealed_on=day, seal="contract", copies=4, sealed_by="合同管理员")
        log("seal", ("signed", "effective"), ADMIN, at + 20)
        self._notices(row, fate, at + 20)
        if fate in ("archived", "completed"):
            row.update(archived_on=self.days.day(at + DAY), archive_place="档案室 2 号柜",
                       archive_number=f"DA-{row['id']:04}")
            log("archive", ("effective", "effective"), ADMIN, at + DAY)
        if fate in ("completed", "terminated"):
            row.update(state=fate, ended_on=self.days.day(at + 12 * DAY))
            note = "客户搬迁歇业，双方协商终止" if fate == "terminated" else ""
            log(fate.removesuffix("d"), ("effective", fate), "manager", at + 12 * DAY, "", note)
            self.agreed = {key: one for key, one in self.agreed.items() if one.contract != row["id"]}
        self.book.enter(
            ContractProgress, contract_id=row["id"], customer_id=row["customer_id"], on=self.days.day(at + 2 * DAY),
            progress="首批产品已安排备货，预计下周送达。", told_to=row["party_agent"], told_by="phone",
            written_by_id=self.book.staff["assistant"],
        )

    def _notices(self, row: Row, fate: str, at: int) -> None:
        book, days = self.book, self.days
        for department in NOTICED:
            seen = fate in ("archived", "completed") or department != "warehouse"
            notice = book.enter(
                ContractNotice, contract_id=row["id"], contract_number=row["number"], customer_id=row["customer_id"],
                department=department, told_on=days.day(at), state="seen" if seen else "unseen", route=department,
                turn="" if seen else department, route_position=int(seen), entered_by_id=book.staff[ADMIN],
                entered_at=days.at(at), seen_on=days.day(at + DAY) if seen else None,
                seen_by_id=book.staff[department] if seen else None,
            )
            self._log("contract_notices", notice["id"], "created", ("unseen", "unseen"), ADMIN, at)
            if seen:
                self._log("contract_notices", notice["id"], "see", ("unseen", "seen"), department, at + DAY, department)

    def _log(self, register: str, key: int, step: str, states: tuple[str, str], who: str, at: int, turn: str = "",
             note: str = "") -> None:
        self.book.log(register, key, step, states, who, self.days.at(at), note, turn)


def login_of(book: Book, partner: Partner) -> str:
    """Return the sign-in name of a customer's salesperson."""
    return book.logins[partner.row["owner_id"]]


def _card(goods: Goods) -> dict[str, Any]:
    row = goods.row
    return {
        "registration": row["registration"], "model": row["model"], "spec": row["spec"], "grade": row["grade"] or "无",
        "shade": row["shade"], "product_name": row["name"], "product_code": row["code"], "maker": row["maker"],
    }
