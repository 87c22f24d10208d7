"""Who works at the sample company: one person per role and a few more salespeople and clerks."""

from datetime import date, timedelta

from dentalsales.blueprint.house_records import Employee, SettingValue
from dentalsales.blueprint.roles import ROLES
from dentalsales.registers.targets import Target
from dentalsales.sample_company.amounts import yuan
from dentalsales.sample_company.book import Book
from dentalsales.sample_company.credit_codes import credit_code
from dentalsales.sample_company.working_days import WorkingDays

PASSWORD = "dental-sample"
SALT = b"dentalsales demo"
SECOND_ONES = (("clerk2", "clerk"), ("rep2", "rep"), ("rep3", "rep"))
REPS = ("rep", "rep2", "rep3")
NAMES = (
    "何静姝 曹景行 郭立诚 高善渊 程思远 林慧心 吕欣怡 叶承宇 苏婉清 卢雅琴 蒋念慈 沈博文 "
    "阎海棠 魏正初 邓瑞雪 彭鹏举 薛明哲 蔡诗雨 傅天佑 贾如意 丁逸凡 袁志新"
).split()
LETTERHEAD = {
    "company_name": "北京砚齿堂口腔器材有限公司",
    "company_address": "北京市丰台区槐安街58号砚齿大厦3层",
    "company_phone": "010-55550100",
    "company_licence": "京丰药监械经营许20240158号",
    "company_bank": "京津实业银行丰台支行",
    "company_bank_account": "9999000100020003000",
}


def employ(book: Book, days: WorkingDays) -> list[tuple[str, str]]:
    """Enter the employees and return (login, role) in the order of the office; all have the same password."""
    found = [(role.name, role.name) for role in ROLES]
    for login, role in SECOND_ONES:
        found.insert(1 + max(index for index, one in enumerate(found) if one[1] == role), (login, role))
    kept, began = password_hash(), days.days[0]
    for index, (login, role) in enumerate(found):
        row = book.enter(
            Employee, login=login, name=NAMES[index], roles=role, work_number=f"YC{index + 1:03}", password_hash=kept,
            phone=f"010-5555{200 + index:04}", joined_on=began - timedelta(days=200 + 37 * index),
            certificate="医疗器械质量管理员证 QM-2031" if role == "quality" else "", must_change_password=False,
            failures=0,
        )
        book.staff[login] = row["id"]
        book.logins[row["id"]] = login
        if index:
            book.log("employees", row["id"], "created", ("", ""), "manager", days.at(510))
    return found


def password_hash() -> str:
    """Return the hash of the sample password; the salt is fixed so that the same seed makes the same rows."""
    import argon2
    from argon2.low_level import Type, hash_secret

    kept = hash_secret(
        PASSWORD.encode(), SALT, argon2.DEFAULT_TIME_COST, argon2.DEFAULT_MEMORY_COST, argon2.DEFAULT_PARALLELISM,
        argon2.DEFAULT_HASH_LENGTH, Type.ID,
    )
    return kept.decode()


def hang_up_the_sign(book: Book, days: WorkingDays) -> None:
    """Enter the letterhead of the company."""
    letterhead = {**LETTERHEAD, "company_credit_code": credit_code("91110106", "MA00YCTK1")}
    for key, value in letterhead.items():
        book.enter(SettingValue, key=key, value=value, changed_by_id=book.staff["manager"], changed_at=days.at(500))


def set_targets(book: Book, days: WorkingDays, monthly_fen: int) -> None:
    """Enter a target per salesperson and month; `monthly_fen` is what one salesperson usually sells in a month."""
    month, today = days.days[0].replace(day=1), days.days[-1]
    growth = 0
    while month <= today:
        for index, login in enumerate(REPS):
            amount = monthly_fen * (100 + 12 * (1 - index) + growth) // 100 // 1_000_000 * 1_000_000
            book.enter(Target, month_on=month, rep_id=book.staff[login], amount=yuan(amount), search_text="",
                       collection=yuan(amount * 9 // 10 // 100_000 * 100_000), remarks="")
        month, growth = _next_month(month), growth + 1


def _next_month(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)
