"""What a product is: model, class, registration, maker, units and shelf life (M37 and Order 54, article 38)."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from sqlalchemy.orm import Mapped

from dentalsales.blueprint.fields import (
    attachments,
    choice,
    day,
    how_many,
    link,
    note,
    optional_unique_text,
    percent,
    shown,
    text,
    yes_no,
)
from dentalsales.blueprint.record import Record
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import Text, _


class Product(Record):
    """An article in one model, specification and shade."""

    __tablename__ = "product"
    title_fields: ClassVar[tuple[str, ...]] = ("code", "name", "spec", "shade", "model")
    suggest_detail_fields: ClassVar[tuple[str, ...]] = ("brand", "grade", "unit")

    code: Mapped[str | None] = optional_unique_text(
        _("Product code"),
        length=40,
        search=True,
        copied=False,
        help=_("Given if left empty."),
        synonyms=("产品编号", "产品编码", "货号", "编码", "商品编码", "code", "sku"),
    )
    name: Mapped[str] = text(
        _("Product name"), required=True, search=True, synonyms=("产品名称", "品名", "商品名称", "通用名称", "name")
    )
    brand: Mapped[str] = text(_("Brand"), length=60, search=True, synonyms=("品牌",))
    model: Mapped[str] = text(_("Model"), length=80, search=True, synonyms=("型号", "model"))
    spec: Mapped[str] = text(_("Specification"), length=120, search=True, synonyms=("规格", "规格型号", "spec"))
    shade: Mapped[str] = text(_("Shade"), length=20, search=True, synonyms=("色号", "颜色", "shade"))
    grade: Mapped[str] = text(_("Grade"), length=20, synonyms=("等级",))
    family: Mapped[str] = text(_("Product family"), length=80, search=True, synonyms=("系列", "产品系列"))
    unit: Mapped[str] = text(
        _("Smallest unit"), required=True, length=10, synonyms=("单位", "最小单位", "计量单位", "unit")
    )
    pack_unit: Mapped[str] = text(_("Pack"), length=10, synonyms=("包装单位", "大单位"))
    pack_size: Mapped[int | None] = how_many(
        _("Units in a pack"), minimum=2, maximum=100_000, synonyms=("包装数量", "装量", "换算", "每盒数量")
    )
    sells_by_pack: Mapped[bool] = yes_no(_("Usually sold by the pack"))
    device_class: Mapped[str] = choice(
        _("Device class"),
        ("none", _("No device")),
        ("1", _("Class I")),
        ("2", _("Class II")),
        ("3", _("Class III")),
        default="2",
        synonyms=("管理类别", "器械类别", "类别"),
    )
    is_implant: Mapped[bool] = yes_no(_("Implant"), help=_("Its records are kept for ever."), synonyms=("植入",))
    registration: Mapped[str] = text(
        _("Registration or filing number"),
        length=60,
        search=True,
        synonyms=("注册证号", "注册证编号", "备案号", "注册证/备案号"),
    )
    registration_valid_to: Mapped[date | None] = day(_("Registration valid to"), synonyms=("注册证有效期",))
    registrant: Mapped[str] = text(_("Registrant or filer"), synonyms=("注册人", "备案人"))
    maker: Mapped[str] = text(_("Maker"), synonyms=("生产企业", "生产厂家", "厂家", "厂商", "maker"))
    maker_licence: Mapped[str] = text(
        _("Maker's licence number"),
        length=80,
        help=_("For imported goods: 进口"),
        synonyms=("生产许可证号", "生产许可证"),
    )
    storage: Mapped[str] = choice(
        _("Storage"),
        ("normal", _("Room temperature")),
        ("cool", _("Cool, up to 20 °C")),
        ("cold", _("Cold, 2-8 °C")),
        default="normal",
        synonyms=("储存条件", "储运条件"),
    )
    has_lot: Mapped[bool] = yes_no(_("Has lot numbers"), default=True)
    shelf_life_months: Mapped[int | None] = how_many(
        _("Shelf life in months"), minimum=1, synonyms=("保质期", "有效期月")
    )
    minimum_stock: Mapped[int | None] = how_many(_("Minimum stock"), minimum=0, synonyms=("最低库存", "安全库存"))
    tax_rate: Mapped[Decimal] = percent(
        _("Tax rate"), default=Decimal("13.00"), minimum=0, maximum=100, synonyms=("税率",)
    )
    supplier_id: Mapped[int | None] = link(_("Usual supplier"), "supplier")
    barcode: Mapped[str] = text(_("Barcode"), length=40, search=True, synonyms=("条码", "udi", "barcode"))
    disabled: Mapped[bool] = yes_no(_("Disabled"))
    remarks: Mapped[str] = note(_("Notes"), synonyms=("备注",))

    files = attachments()

    def check(self) -> None:
        """A pack has a name and a size, or neither."""
        if bool(self.pack_unit) != bool(self.pack_size):
            raise RuleBroken(
                _("Enter both the pack and how many units are in it, or leave both empty."), field="pack_size"
            )
        if self.pack_unit and self.pack_unit == self.unit:
            raise RuleBroken(_("The pack and the smallest unit need different names."), field="pack_unit")

    @shown(_("Regulated"), "yes_no")
    def is_regulated(self) -> bool:
        """Class II and III goods need the full legal record."""
        return self.device_class in ("2", "3")

    def caution(self, today: date) -> Text | None:
        """A lapsed registration: what was made before its end may still be sold."""
        if self.registration_valid_to is None or self.registration_valid_to >= today:
            return None
        return _("its registration was valid to {day}").fill(day=self.registration_valid_to)

    @property
    def usual_unit(self) -> str:
        """The unit that a new line starts with."""
        return self.pack_unit if self.sells_by_pack and self.pack_unit else self.unit

    @property
    def units(self) -> tuple[str, ...]:
        """The units it is sold in, smallest first."""
        return (self.unit, self.pack_unit) if self.pack_unit else (self.unit,)

    def factor(self, unit: str) -> int | None:
        """Return how many smallest units one `unit` holds, None for a unit it is not sold in."""
        if unit == self.unit:
            return 1
        return self.pack_size if unit and unit == self.pack_unit else None
