"""The customers and suppliers of the sample company: clinics, hospitals, labs and dealers, with licences and terms."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

import dentalsales.sample_company.words as words
from dentalsales.registers.customers import Customer, CustomerAddress, CustomerContact, CustomerLicence
from dentalsales.registers.suppliers import Supplier
from dentalsales.sample_company.amounts import yuan
from dentalsales.sample_company.book import Book, Row
from dentalsales.sample_company.credit_codes import credit_code, landline, mobile
from dentalsales.sample_company.people import REPS
from dentalsales.sample_company.working_days import DAY, OPENS, WorkingDays

KINDS = ("clinic", "outpatient", "hospital", "lab", "dealer")
KIND_WEIGHTS = (46, 22, 10, 10, 12)
LEVELS = {"clinic": "list", "outpatient": "c", "hospital": "b", "lab": "c", "dealer": "a"}
TRADE = {"clinic": 3, "outpatient": 6, "hospital": 9, "lab": 5, "dealer": 10}
"""How often a kind of customer orders, beside the others."""
ON_ACCOUNT = {"clinic": 0.08, "outpatient": 0.35, "hospital": 1.0, "lab": 0.4, "dealer": 0.7}
"""Which part of a kind of customer buys on account."""
HABITS = ("prompt", "prompt", "prompt", "late", "partial", "generous")
TWIN = 7
"""Which customer has a near namesake."""


@dataclass(slots=True, eq=False)
class Partner:
    """A customer while the history is made."""

    row: Row
    kind: str
    habit: str
    since: int
    """Moment from which it orders."""
    licences: list[tuple[str, date | None]]
    """Number and end of those that a sales record may name, in the order the program picks them."""
    ship_to: str
    open: list[Any] = field(default_factory=list)
    """Its sales with an open receivable."""
    advance: int = 0
    total: int = 0
    last_on: date | None = None
    collecting: bool = False
    favourites: list[Any] = field(default_factory=list)
    cheque_bounced: bool = False

    def licence_on(self, day: date) -> str:
        """Return the licence number that the sales record of a day names, "" when none is valid."""
        return next((number for number, end in self.licences if end is None or end >= day), "")


class Partners:
    """Makes the customers one after the other."""

    def __init__(self, book: Book, days: WorkingDays, rng: Random) -> None:
        self.book, self.days, self.rng = book, days, rng
        self.today = days.days[-1]
        self._names: set[str] = set()

    def make(self, count: int) -> list[Partner]:
        """Enter so many customers; the last ones are new, and a few are special in their own way."""
        made = [self._one(index, count) for index in range(count)]
        made[-1].row.update(state="to_review", terms="prepay", terms_days=None, credit_limit=yuan(0))
        made[-2].row.update(state="disabled")
        on_account = [one for one in made[:-2] if one.row["terms"] == "account"]
        for index, habit in ((1, "slow"), (2, "bounced"), (4, "slow")):
            on_account[index].habit = habit
        on_account[2].row["terms_days"] = 30
        for partner in made:
            self.book.add(Customer, partner.row, [number for number, _end in partner.licences])
            self._history(partner)
        return made

    def _one(self, index: int, count: int) -> Partner:
        kind = KINDS[index % 5] if index < 10 else self.rng.choices(KINDS, KIND_WEIGHTS)[0]
        city = self.rng.choices(words.CITIES, words.CITY_WEIGHTS)[0]
        kind, city = ("clinic", words.CITIES[2]) if index in (TWIN, TWIN + 1) else (kind, city)
        name = self._name(index, kind, city[0])
        since = self._since(index, count)
        contact = self.person()
        row = self.book.row(
            Customer, number=f"C-{self.book.count('C-#'):05}", name=name, short_name=name.removesuffix("有限公司")[-6:],
            kind=kind, state="active", sale_class="local" if self.rng.random() < 0.3 else "unified",
            grade=self.rng.choice("abbccc"),
            is_key=TRADE[kind] >= 9 and self.rng.random() < 0.6, is_bulk=kind == "dealer", region=city[0],
            owner_id=self.book.staff[REPS[index % len(REPS)]], contact=contact, phone=mobile(index),
            source=self.rng.choice(("research", "exhibition", "network", "visit", "referral")),
            address=self._address(city), legal_person=self.person(), invoice_title=name, price_level=LEVELS[kind],
            entered_by_id=self.book.staff["assistant"], entered_at=self.days.at(since),
            needs=self.rng.choice(words.NEEDS),
            minimum_shelf_months=6 if kind == "hospital" else None, terms_confirmed=True,
        )
        self._invoice(row, index, city)
        self._terms(row, kind)
        partner = Partner(row, kind, self.rng.choice(HABITS), since, self._licences(row, index, kind, city),
                          row["address"])
        self._contacts(partner, index, city)
        return partner

    def _since(self, index: int, count: int) -> int:
        """Most customers were there before the first order; every twelfth came on a later morning."""
        if index == count - 1:
            return (len(self.days.days) - 3) * DAY + 600
        late = index % 12 == 11
        return (self.rng.randrange(len(self.days.days) * 2 // 3) if late else 0) * DAY + OPENS - 30 + index % 30

    def _name(self, index: int, kind: str, city: str) -> str:
        if index in (TWIN, TWIN + 1):
            return f"{city}康砚口腔诊所" if index == TWIN else f"{city}市康砚口腔门诊部"
        while True:
            stem = self.rng.choice(words.FIRM_FIRST) + self.rng.choice(words.FIRM_SECOND)
            name = city + stem + self.rng.choice(words.PARTNER_SUFFIXES[kind])
            if len(self._names) > 2000:
                name = name.replace(city, city + self.rng.choice("东西南北中"), 1)
            if name not in self._names:
                self._names.add(name)
                return name

    def person(self) -> str:
        """Return a made-up name."""
        return self.rng.choice(words.SURNAMES) + self.rng.choice(words.GIVEN_NAMES)

    def _address(self, city: tuple[Any, ...]) -> str:
        street, house = self.rng.choice(words.STREETS), self.rng.randint(3, 268)
        return f"{city[0]}市{self.rng.choice(city[4])}{street}路{house}号"

    def _invoice(self, row: Row, index: int, city: tuple[Any, ...]) -> None:
        code = credit_code("91" + city[2], f"MA{index:05X}KQ".replace("I", "J"))
        row.update(credit_code=code, bank=f"{self.rng.choice(words.BANKS)}{city[0]}分行",
                   bank_account=f"99990{index:014}",
                   invoice_kind=self.rng.choice(("special", "general", "digital")),
                   invoice_address=f"{row['address']} {landline(city[3], index)}",
                   invoice_email=f"fapiao{index}@example.cn")

    def _terms(self, row: Row, kind: str) -> None:
        on_account = self.rng.random() < ON_ACCOUNT[kind]
        row["terms"] = "account" if on_account else "prepay"
        if on_account:
            row["terms_days"] = self.rng.choice((60, 90) if kind == "hospital" else (30, 30, 60))
            row["credit_limit"] = yuan({"hospital": 30, "dealer": 40, "lab": 10}.get(kind, 8) * 1_000_000)

    def _licences(self, row: Row, index: int, kind: str, city: tuple[Any, ...]) -> list[tuple[str, date | None]]:
        """Enter the licences: some expire soon, one has expired, one was renewed a while ago."""
        self._licence(row, 0, "business", row["credit_code"], None, self.today - timedelta(days=1500))
        which, shape, long_term = _LICENCE_OF[kind]
        end = None if long_term else self.today + timedelta(days=self.rng.randint(100, 1500))
        if index in (3, 12, 21, 33):
            which, shape, end = *_LICENCE_OF["hospital"][:2], self.today + timedelta(days=11 + 2 * index)
        if index == 16:
            which, shape, end = *_LICENCE_OF["hospital"][:2], self.today - timedelta(days=18)
        number = shape.format(letter=city[1], region=city[2], index=index, count=index + 101)
        found: list[tuple[str, date | None]] = []
        if end is not None and index % 9 == 4:
            old = self.today - timedelta(days=150)
            found.append((number.replace("2023", "2018"), old))
            self._licence(row, 1, which, found[0][0], old, old - timedelta(days=1825))
        found.append((number, end))
        self._licence(row, len(found), which, number, end, end and end - timedelta(days=1825))
        return found

    def _licence(self, row: Row, position: int, kind: str, number: str, end: date | None, issued: date | None) -> None:
        scope = {"business": "口腔医疗服务;医疗器械销售", "clinic": "口腔科", "clinic_filing": "口腔科"}.get(kind,
                                                                                                             "II类、III类:17口腔科器械")
        self.book.enter(CustomerLicence, customer_id=row["id"], position=position, kind=kind, number=number,
                        scope=scope,
                        issuer=f"{row['region']}市{'市场监督管理局' if kind == 'business' else '卫生健康委员会'}",
                        issued_on=issued,
                        valid_to=end, verified_on=self.days.days[0])

    def _contacts(self, partner: Partner, index: int, city: tuple[Any, ...]) -> None:
        row = partner.row
        people = ((row["contact"], "采购", row["phone"]), (self.person(), "财务", landline(city[3], 5000 + index)))
        for position, (name, post, phone) in enumerate(people):
            self.book.enter(CustomerContact, customer_id=row["id"], position=position, name=name, post=post,
                            phone=phone)
        places = (row["address"], f"{self._address(city)}库房") if partner.kind in ("dealer",
                                                                                    "hospital") else (row["address"],)
        for position, address in enumerate(places):
            self.book.enter(CustomerAddress, customer_id=row["id"], position=position, address=address,
                            receiver=row["contact"],
                            phone=row["phone"], hours="工作日 9:00-17:00")

    def _history(self, partner: Partner) -> None:
        row, at = partner.row, self.days.at(partner.since)
        self.book.log("customers", row["id"], "created", ("", "to_review"), "assistant", at)
        if row["state"] == "to_review":
            return
        self.book.log("customers", row["id"], "review", ("to_review", "active"), "manager", at + timedelta(minutes=25))
        if row["terms"] == "account":
            self.book.log("customers", row["id"], "confirm_terms", ("active", "active"), "finance",
                          at + timedelta(minutes=40))
        if row["state"] == "disabled":
            self.book.log("customers", row["id"], "disable", ("active", "disabled"), "manager",
                          self.days.at(self.days.last - DAY), "已停业")


_LICENCE_OF = {
    "clinic": ("clinic_filing", "{letter}诊备2023{region}{count:05}号", True),
    "outpatient": ("clinic", "PDY2023{index:05}{region}D1522", False),
    "hospital": ("clinic", "PDY2023{index:05}{region}A5151", False),
    "lab": ("device_filing", "{letter}药监械经营备2023{count:05}号", True),
    "dealer": ("device_licence", "{letter}药监械经营许2023{count:05}号", False),
}


def make_suppliers(book: Book, makers: list[Any], today: date, partners: Partners) -> list[Row]:
    """Enter a supplier for every maker: the maker itself, or its general agent."""
    found = []
    for index, maker in enumerate(makers):
        name = f"北京{maker.brand}进口总代理有限公司" if maker.imported else maker.name
        found.append(book.enter(
            Supplier, name=name, contact=partners.person(), phone=landline("010", 7000 + index),
            address=f"北京市大兴区兴业路{index * 6 + 12}号", licence=f"京药监械经营许2022{index + 310:05}号",
            licence_valid_to=today + timedelta(days=70 + 160 * index), remarks="",
        ))
    return found
