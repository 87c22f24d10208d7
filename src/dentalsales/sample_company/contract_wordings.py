"""The contract templates of the sample company: one of each kind, with the shipped clauses, approved and in force."""

from dentalsales.registers.contract_templates import CONTRACT_KINDS, ContractClause, ContractTemplate, shipped_clauses
from dentalsales.sample_company.book import Book
from dentalsales.sample_company.working_days import DAY, WorkingDays

NAMES = {"single": "购销合同", "annual": "年度框架合同", "dealer": "经销合同", "exclusive": "包销合同",
         "service": "服务合同"}  # fmt: skip


def enter_templates(book: Book, days: WorkingDays, keeper: str) -> dict[str, tuple[int, list[ContractClause]]]:
    """Enter a template of each kind in the first days; return its id and clauses by kind."""
    return {kind: _template(book, days, keeper, kind, place) for place, (kind, _label) in enumerate(CONTRACT_KINDS)}


def _template(book: Book, days: WorkingDays, keeper: str, kind: str, place: int) -> tuple[int, list[ContractClause]]:
    at = 3 * DAY + 540 + place
    row = book.row(ContractTemplate, name=NAMES[kind], kind=kind, edition=1, valid_from=days.day(at + 4 * DAY),
                   change="", entered_at=days.at(at), entered_by_id=book.staff[keeper], state="approved",
                   route="vp,general_manager", turn="", route_position=2)  # fmt: skip
    clauses = [
        ContractClause(number=number, title=title, body=body)
        for number, (title, body) in enumerate(shipped_clauses(kind), 1)
    ]
    for number, one in enumerate(clauses):
        book.enter(ContractClause, contract_template_id=row["id"], position=number, number=one.number,
                   title=one.title, body=one.body)  # fmt: skip

    def log(step: str, states: tuple[str, str], who: str, moment: int, turn: str = "") -> None:
        book.log("contract_templates", row["id"], step, states, who, days.at(moment), turn=turn)

    log("created", ("", "draft"), keeper, at)
    log("submit", ("draft", "in_review"), keeper, at + 2)
    for step, role in enumerate(("vp", "general_manager"), 1):
        log("approve", ("in_review", "in_review" if step == 1 else "approved"), role, at + step * DAY, role)
    year = days.day(at).year
    row["number"] = f"MB-{year}-{book.count(f'MB-{year}-#'):03}"
    book.add(ContractTemplate, row)
    return int(row["id"]), clauses
