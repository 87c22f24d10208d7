"""Two hundred written-up messages, the right answers, and how many of them were read."""

from dataclasses import dataclass, field
from pathlib import Path

from dentalsales.registers.products.trade_words import CALLED
from dentalsales.sample_company.trade import FAMILIES, MAKERS
from dentalsales.usecases.messages.catalogue import ArticleRow, Catalogue
from dentalsales.usecases.messages.reading import read
from dentalsales.usecases.messages.rows import SURE, Reading, Row

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Answer:
    """What one line of a message means."""

    kind: str
    """Code, "~" to be checked, "|" several to choose from, "!" to be asked, "-" skipped."""
    codes: tuple[str, ...]
    quantity: int | None = None
    unit: str = ""
    text: str = ""


@dataclass(frozen=True)
class Message:
    """A message with its answers."""

    style: str
    customer: str
    text: str
    answers: tuple[Answer, ...]


@dataclass
class Score:
    """How a set of messages was read."""

    lines: int = 0
    right: int = 0
    sure: int = 0
    wrong_but_sure: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share of lines that were right at first."""
        return self.right / self.lines


def messages(file: str = "messages.txt") -> list[Message]:
    """Return the messages of a file."""
    found = []
    for block in (HERE / file).read_text(encoding="utf-8").split("\n@")[1:]:
        head, _newline, rest = block.partition("\n")
        text, _sign, answers = rest.partition("\n=\n")
        style, customer = head.split()
        told = [line for line in answers.splitlines() if line and not line.startswith("# ")]
        found.append(Message(style, customer, text, tuple(map(_answer, told))))
    return found


def catalogue() -> Catalogue:
    """Return the products of the sample company, without a company."""
    rows = []
    for family in FAMILIES:
        brand = MAKERS[family.maker].brand
        usual = (family.pack[0], family.unit) if family.pack and family.by_pack else (family.unit,)
        units = usual if len(usual) > 1 or not family.pack else (family.unit, family.pack[0])
        for index, (spec, shade) in enumerate(family.variants):
            code = f"{family.code}-{index + 1:02}"
            named = (family.name, brand, family.model, f"{brand}{family.name}")
            rows.append(ArticleRow(len(rows) + 1, code, (code,), named, (spec, shade), units))
    return Catalogue(rows, CALLED)


BY_MODEL = """
FT-A1 光固化复合树脂 A1|润美|A1|4g/支|支
FT-A2 光固化复合树脂 A2|润美|A2|4g/支|支
FT-A3 光固化复合树脂 A3|润美|A3|4g/支|支
FT-A35 光固化复合树脂 A3.5|润美|A3.5|4g/支|支
FT-B2 光固化复合树脂 B2|润美|B2|4g/支|支
GL-S 一次性丁腈检查手套 S|护柔|S|100只/盒|盒
GL-M 一次性丁腈检查手套 M|护柔|M|100只/盒|盒
GL-L 一次性丁腈检查手套 L|护柔|L|100只/盒|盒
NI-25 机用镍钛根管锉 25#|锐锋|25# 04 25mm|6支/板|板
NI-30 机用镍钛根管锉 30#|锐锋|30# 04 25mm|6支/板|板
ZJ-01 自酸蚀粘接剂|润美|5ml|5ml/瓶|瓶
YM-01 藻酸盐印模材料|美印|速凝型|454g/袋|袋
SJ-01 酸蚀剂|润美|37%|3ml×2支/盒|盒
KZ-01 一次性使用口腔器械盒|洁康|三件套|50套/箱|箱
MD-01 抛光膏|亮洁|薄荷|100g/支|支
"""


def by_model() -> Catalogue:
    """Return products of an office that tells shade and size in name and model, and has no column for them."""
    rows = []
    for at, line in enumerate(BY_MODEL.split("\n")[1:-1]):
        code, _space, rest = line.partition(" ")
        name, brand, model, spec, unit = rest.split("|")
        rows.append(ArticleRow(at + 1, code, (code,), (name, brand, model, ""), (spec, "", ""), (unit,)))
    return Catalogue(rows, CALLED)


def orders_of(customer: str, goods: Catalogue) -> list[list[tuple[int, int, str]]]:
    """Return what a customer of the file bought, newest first."""
    found = []
    for line in (HERE / "customers.txt").read_text(encoding="utf-8").splitlines():
        name, _space, rest = line.partition(" ")
        if name == customer and rest:
            parts = [part.split() for part in rest.split(", ")]
            found.append([(goods.by_code[code.lower()].id, int(count), unit) for code, count, unit in parts])
    return found


def scored(chosen: list[Message], goods: Catalogue) -> Score:
    """Read messages and compare them with their answers; every line too many counts as a wrong one."""
    score = Score()
    for message in chosen:
        reading = read(message.text, goods, orders_of(message.customer, goods))
        _compare(message, reading, goods, score)
    return score


def _compare(message: Message, reading: Reading, goods: Catalogue, score: Score) -> None:
    rows = list(reading.rows)
    for answer in message.answers:
        if answer.kind == "-":
            if not any(answer.text in one for one in reading.skipped):
                score.lines += 1
                score.wrong.append(f"{message.text!r}: not skipped: {answer.text} ({reading.skipped})")
            continue
        score.lines += 1
        row = next((one for one in rows if _is_right(one, answer, goods)), None)
        if row is None:
            score.wrong.append(f"{message.text!r}: {answer}")
        else:
            score.right += 1
            rows.remove(row)
    score.sure += sum(row.state == SURE for row in reading.rows)
    wanted = sum(answer.kind != "-" for answer in message.answers)
    for row in rows:
        told = f"{message.text!r}: {row.text} -> {_told(row, goods)}"
        if row.state == SURE:
            score.wrong_but_sure.append(told)
        score.wrong.append(f"   got {told}")
    score.lines += max(0, len(reading.rows) - wanted)


def _is_right(row: Row, answer: Answer, goods: Catalogue) -> bool:
    if answer.kind == "!":
        return row.state != SURE and answer.text in row.text
    ids = [goods.by_code[code.lower()].id for code in answer.codes]
    counts = row.quantity == answer.quantity
    if answer.kind == "|":
        units = {row.unit, row.said_unit} if answer.unit else {answer.unit}
        return row.state != SURE and counts and set(ids) <= set(row.candidates) and (answer.unit in units)
    if answer.kind == "~" and row.state == SURE:
        return False
    return row.article == ids[0] and counts and row.unit == answer.unit


def _told(row: Row, goods: Catalogue) -> str:
    codes = [goods.by_id[one].row.title for one in row.candidates]
    chosen = goods.by_id[row.article].row.title if row.article else "-"
    return f"{row.state} {chosen} {row.quantity} {row.unit} {codes} {[str(one) for one in row.reasons]}"


def _answer(line: str) -> Answer:
    sign, _space, rest = line.partition(" ")
    if sign in ("!", "-"):
        return Answer(sign, (), text=rest)
    code, count, unit = line.split()
    kind = "|" if "|" in code else "~" if code.startswith("~") else "="
    codes = tuple(code.removeprefix("~").split("|"))
    return Answer(kind, codes, None if count == "?" else int(count), "" if unit == "?" else unit)
