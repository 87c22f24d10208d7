"""How offices write kinds, grades, levels and terms of their customers."""

import re

from dentalsales.blueprint.importing import Values, spelled
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.imports.find import plain

KINDS = spelled(
    clinic="诊所 口腔诊所",
    outpatient="门诊 门诊部 口腔门诊 口腔门诊部",
    hospital="医院 口腔医院 公立医院",
    lab="技工所 义齿厂 加工厂 加工所 义齿加工 laboratory",
    dealer="经销商 代理商 分销商",
    other="其他 其它",
)
SALE_CLASSES = spelled(unified="统销", local="地销")
GRADES = spelled(a="a级 a类", b="b级 b类", c="c级 c类")
LEVELS = spelled(
    list="标准 普通 普通价 一般 标准价 列表价 目录价 零售价",
    a="a级 a价 a级价",
    b="b级 b价 b级价",
    c="c级 c价 c级价",
)
SOURCES = spelled(
    research="市场调研",
    exhibition="展会 展览会",
    network="网络 网上",
    visit="拜访 上门 业务员拜访",
    referral="介绍 转介绍 朋友介绍",
)
INVOICES = spelled(
    special="专票 专用发票 增值税专用发票",
    general="普票 普通发票 增值税普通发票",
    digital="电子发票 电子普票 数电 数电票",
)
LICENCES = spelled(
    clinic="医疗机构执业许可证 执业许可证",
    clinic_filing="诊所备案 诊所备案凭证 诊所备案证",
    device_licence="医疗器械经营许可证 经营许可证 三类经营许可",
    device_filing="第二类医疗器械经营备案凭证 二类备案 经营备案 经营备案凭证",
    business="营业执照 执照",
)
PREPAY = frozenset(
    "预付 预付款 先款 先付 款到 先款后货 先付后货 款到发货 现结 现款 现金 现款现货 prepay prepaid 全款".split()
)
ON_ACCOUNT = frozenset("月结 账期 赊销 挂账 欠款 onaccount account".split())
DAYS = re.compile(r"(?:月结|账期|赊销|挂账|net|account)?(\d{1,3})(?:天|日|days?|d)?(?:账期|月结)?")


def terms_of(values: Values, usual_days: int) -> tuple[str, int | None]:
    """Return terms and days from words like 月结30天, 先款后货 or 30."""
    words, days = values.get("terms"), values.get("terms_days")
    if not words:
        return ("account", days) if days else ("prepay", None)
    word = plain(words)
    if word in PREPAY or word in ("0", "0天"):
        return "prepay", None
    if word in ON_ACCOUNT:
        return "account", days or usual_days
    found = DAYS.fullmatch(word)
    if found is None:
        raise RuleBroken(
            _("“{terms}” are no terms the program knows. Write 先款后货, or 月结 and the days, like 月结30天."),
            field="terms",
            terms=words,
        )
    return "account", int(found.group(1))
