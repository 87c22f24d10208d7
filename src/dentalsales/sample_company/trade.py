"""The goods of the trade, made up in kind: every family of products with its variants, units, class and price."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Maker:
    """Who makes goods; imported ones have no domestic licence."""

    brand: str
    name: str
    province: str
    city: str
    imported: bool = False


@dataclass(frozen=True)
class Family:
    """Products that differ only in specification and shade; `price` is the list price of the usual unit in yuan."""

    code: str
    name: str
    maker: str
    model: str
    variants: tuple[tuple[str, str], ...]
    unit: str
    price: str
    months: int | None
    weight: int = 10
    most: int = 4
    pack: tuple[str, int] | None = None
    by_pack: bool = False
    device_class: str = "2"
    category: str = "17"
    buyers: str = "clinic"
    implant: bool = False
    has_lot: bool = True
    storage: str = "normal"


def shades(spec: str, names: str) -> tuple[tuple[str, str], ...]:
    """Return variants of one specification in several shades."""
    return tuple((spec, name) for name in names.split())


def sizes(pattern: str, names: str) -> tuple[tuple[str, str], ...]:
    """Return variants of several sizes without shade; {} in the pattern is the size."""
    return tuple((pattern.format(name), "") for name in names.split())


MAKERS = {
    "jy": Maker("晶釉", "北京晶釉齿科材料有限公司", "京", "京"),
    "pl": Maker("珀齿", "Perlodenta GmbH", "国", "", imported=True),
    "rx": Maker("锐旋", "天津锐旋精密器械有限公司", "津", "津"),
    "lg": Maker("砺根", "上海砺根医疗器械有限公司", "沪", "沪"),
    "or": Maker("欧瑞登", "Oredenta AG", "国", "", imported=True),
    "zy": Maker("植元", "苏州植元生物材料有限公司", "苏", "苏苏"),
    "yz": Maker("印真", "济南印真印模材料有限公司", "鲁", "鲁济"),
    "ah": Maker("安护佳", "石家庄安护佳防护用品有限公司", "冀", "冀石"),
    "gw": Maker("固唯", "Fixuvia Dental Co., Ltd.", "国", "", imported=True),
    "zh": Maker("正弧", "杭州正弧正畸器材有限公司", "浙", "浙杭"),
    "cc": Maker("瓷川", "深圳瓷川齿科科技有限公司", "粤", "粤深"),
    "jd": Maker("洁点", "长沙洁点医疗用品有限公司", "湘", "湘长"),
}
VITA = "A1 A2 A3 A3.5 A4 B1 B2 B3 B4 C1 C2 C3 C4 D2 D3 D4"
ISO_DIAMOND = (
    "001/010 001/014 001/018 109/010 109/014 168/012 173/014 198/014 199/016 237/012 238/014 249/012 257/018 272/016"
)
ISO_CARBIDE = "001/008 001/012 001/018 107/010 171/012 193/012"
FILES = "08 10 15 20 25 30 35 40 45 50 55 60 70 80"
IMPLANTS = "3.3×10mm 3.3×12mm 4.1×8mm 4.1×10mm 4.1×12mm 4.8×8mm 4.8×10mm 4.8×12mm"
WIRES = "0.012 0.014 0.016 0.018 0.016×0.022 0.017×0.025 0.018×0.025 0.019×0.025"
BOX10, CARTON10, CARTON20, CARTON50 = ("盒", 10), ("箱", 10), ("箱", 20), ("箱", 50)

FAMILIES = (
    Family("FH1", "光固化复合树脂", "jy", "JY-350", shades("4g/支", VITA), "支", "86", 36, 42, 5, BOX10),
    Family("FH2", "纳米复合树脂", "pl", "NanoFil", shades("4g/支", VITA), "支", "238", 36, 24, 4),
    Family("FL1", "流动树脂", "jy", "JY-Flow", shades("2g×2支", "A1 A2 A3 A3.5 B1 B2"), "盒", "128", 30, 30, 3),
    Family("NJ1", "牙本质粘接剂", "jy", "JY-Bond", sizes("{}/瓶", "3ml 5ml"), "瓶", "168", 24, 40, 3, storage="cool"),
    Family("NJ2", "通用型粘接剂", "pl", "UniBond", sizes("{}/瓶", "5ml"), "瓶", "486", 24, 34, 2, storage="cold"),
    Family("SS1", "牙科酸蚀剂", "jy", "JY-E37", sizes("{}", "3ml×4支 12ml×1支"), "盒", "58", 36, 44, 3),
    Family("FS1", "窝沟封闭剂", "gw", "SealFix", sizes("{}", "1.2ml×2支 3ml×1支"), "盒", "196", 24, 20, 3),
    Family("CZ1", "金刚砂车针", "rx", "806-314", sizes("ISO {} 5支/板", ISO_DIAMOND), "板", "42", None, 46, 6, BOX10,
           device_class="1"),
    Family("CZ2", "钨钢车针", "rx", "500-314", sizes("ISO {} 5支/板", ISO_CARBIDE), "板", "65", None, 26, 4,
           device_class="1"),
    Family("PG1", "抛光车针", "rx", "PS-12", sizes("{} 12支/盒", "火焰形 杯形 轮形"), "盒", "96", None, 18, 3,
           device_class="1"),
    Family("GZ1", "根管锉(K锉)", "lg", "KF-25", sizes("#{} 25mm 6支/板", FILES), "板", "28", 60, 48, 8, BOX10),
    Family("GZ2", "根管锉(H锉)", "lg", "HF-25", sizes("#{} 25mm 6支/板", FILES), "板", "28", 60, 30, 6, BOX10),
    Family("GZ3", "机用镍钛根管锉", "lg", "RT-04", sizes("#{} .04 25mm 6支/板", "15 20 25 30 35 40"), "板", "156", 60,
           34, 4),
    Family("GZ4", "机用镍钛根管锉", "pl", "FlexRot 06", sizes("#{} .06 25mm 3支/板", "20 25 30"), "板", "298", 60, 16,
           3),
    Family("YJ1", "牙胶尖", "lg", "GP-04", sizes("#{} .04 60支/盒", "15 20 25 30 35 40"), "盒", "38", 48, 30, 4),
    Family("YJ2", "吸潮纸尖", "lg", "PP-04", sizes("#{} .04 100支/盒", "15 20 25 30 35 40"), "盒", "32", 48, 28, 4),
    Family("GF1", "根管充填糊剂", "gw", "EndoSeal", sizes("{}", "13.5g套装 6g×2支"), "盒", "318", 24, 22, 2),
    Family("GR1", "根管润滑凝胶", "lg", "EDTA-G", sizes("{}/支", "3g 7g"), "支", "36", 24, 24, 4),
    Family("GC1", "根管冲洗器", "jd", "CX-30", sizes("{}", "27G/100支 30G/100支"), "盒", "88", 36, 26, 3,
           category="14"),
    Family("MT1", "根管修复材料(MTA)", "gw", "BioRepair", sizes("{}", "0.5g×2包 1g×5包"), "盒", "568", 24, 10, 2),
    Family("QY1", "氢氧化钙糊剂", "gw", "CalPaste", sizes("{}/支", "2.5g"), "支", "118", 24, 16, 3),
    Family("ZT1", "牙种植体", "zy", "ZY-BL", sizes("Φ{}", IMPLANTS), "枚", "980", 60, 22, 4, device_class="3",
           implant=True),
    Family("ZT2", "牙种植体系统", "or", "Oreden SL", sizes("Φ{}", IMPLANTS), "枚", "2680", 60, 12, 2, device_class="3",
           implant=True),
    Family("JT1", "种植体基台", "zy", "ZY-AB", sizes("{}",
                                                     "直基台4.5mm 直基台5.5mm 角度15° 角度25° 愈合基台4mm 愈合基台6mm"),
           "个", "360", None, 20, 4, device_class="3"),
    Family("JT2", "基台", "or", "Oreden AB", sizes("{}", "RC直4mm RC直6mm RC角17° 愈合基台H4"), "个", "860", None, 10,
           2,
           device_class="3"),
    Family("GF2", "骨填充材料", "zy", "ZY-Bone", sizes("{}/瓶", "0.25g 0.5g 1.0g"), "瓶", "780", 36, 12, 2,
           device_class="3",
           implant=True),
    Family("JY1", "可吸收胶原膜", "or", "OreMem", sizes("{}", "15×20mm 20×30mm 25×30mm"), "片", "1180", 36, 8, 2,
           device_class="3",
           implant=True, storage="cool"),
    Family("YM1", "藻酸盐印模材料", "yz", "AL-450", sizes("450g/包 {}", "快凝 常凝"), "包", "26", 36, 50, 12, CARTON20,
           device_class="1"),
    Family("YM2", "硅橡胶印模材料(重体)", "yz", "SR-Putty", sizes("{}", "300ml×2罐 500ml×2罐"), "盒", "268", 24, 30, 3),
    Family("YM3", "硅橡胶印模材料(轻体)", "yz", "SR-Light", sizes("50ml×2支 {}", "快凝 常凝"), "盒", "158", 24, 30, 3),
    Family("YM4", "咬合记录硅橡胶", "pl", "BiteReg", sizes("{}", "50ml×2支"), "盒", "298", 24, 16, 2),
    Family("TP1", "一次性印模托盘", "yz", "TR-P", sizes("{} 10个/包", "上颌大 上颌中 上颌小 下颌大 下颌中 下颌小"),
           "包", "18", 48, 22, 8,
           device_class="1"),
    Family("ST1", "一次性丁腈检查手套", "ah", "NG-100", sizes("{}码 100只/盒", "S M L XL"), "盒", "32", 36, 80, 20,
           CARTON10,
           category="14"),
    Family("ST2", "一次性乳胶检查手套", "ah", "LG-100", sizes("{}码 100只/盒", "S M L XL"), "盒", "26", 36, 60, 20,
           CARTON10,
           category="14"),
    Family("KZ1", "一次性医用外科口罩", "ah", "MK-50", sizes("{}", "17.5×9.5cm耳挂 14.5×9.5cm耳挂"), "个", "19", 24, 50,
           10,
           ("盒", 50), by_pack=True, category="14"),
    Family("WJ1", "一次性口腔护理围兜", "ah", "BB-500", sizes("{} 500片/包", "33×45cm 33×50cm"), "包", "55", 36, 40, 8,
           CARTON10,
           device_class="1", category="14"),
    Family("QX1", "一次性口腔器械盒", "ah", "KT-06", sizes("{}", "六件套 八件套"), "副", "520", 24, 56, 3, ("箱", 200),
           by_pack=True),
    Family("ZS1", "一次性牙科注射针", "jd", "DN", sizes("{} 100支/盒", "27G×21mm 27G×30mm 30G×21mm 30G×25mm"), "盒",
           "62", 48, 46, 5,
           category="14"),
    Family("XT1", "吸唾管", "jd", "XT-100", sizes("{} 100支/包", "透明 蓝色"), "包", "12", 48, 50, 15, CARTON20,
           device_class="1"),
    Family("MQ1", "脱脂棉卷", "jd", "MJ-2", sizes("{}", "Φ10mm×38mm 500g/包"), "包", "22", 36, 44, 10, device_class="1",
           category="14"),
    Family("GB1", "硅橡胶隔离障", "jd", "RD-36", sizes("150×150mm {} 36片/盒", "薄 中 厚"), "盒", "78", 36, 14, 2,
           device_class="1"),
    Family("MD1", "灭菌包装袋", "ah", "SP-200", sizes("{} 200个/盒", "57×130mm 90×165mm 135×260mm"), "盒", "34", 36, 40,
           6,
           category="14", device_class="2"),
    Family("BL1", "玻璃离子水门汀(粘固)", "gw", "GlasCem", sizes("{}", "35g粉+25g液 15g粉+10g液"), "盒", "256", 30, 30,
           3),
    Family("BL2", "玻璃离子水门汀(充填)", "gw", "GlasFil", shades("12.5g粉+8.5g液", "A2 A3 A3.5"), "盒", "288", 30, 26,
           2),
    Family("SZ1", "树脂水门汀", "pl", "DualCem", shades("5ml双管", "通用 透明 遮色"), "支", "458", 24, 20, 2,
           storage="cool"),
    Family("LS1", "临时粘固水门汀", "gw", "TempCem", sizes("{}", "50g基质+15g催化"), "盒", "146", 24, 22, 2),
    Family("YX1", "氧化锌丁香酚水门汀", "jy", "ZOE-I", sizes("{}", "50g粉+20ml液"), "盒", "46", 36, 18, 3),
    Family("XW1", "纤维桩", "lg", "FP", sizes("{} 5支/盒", "Φ1.0mm Φ1.2mm Φ1.4mm Φ1.6mm"), "盒", "148", 60, 16, 2),
    Family("TC1", "正畸金属托槽", "zh", "MBT-022", sizes("{}", "上下颌套装 上颌半副 下颌半副"), "副", "96", None, 24,
           5),
    Family("TC2", "自锁托槽", "zh", "SL-022", sizes("{}", "上下颌套装"), "副", "480", None, 14, 3),
    Family("TC3", "陶瓷托槽", "zh", "CR-022", sizes("{}", "上下颌套装 5-5"), "副", "620", None, 8, 2),
    Family("GS1", "镍钛弓丝", "zh", "NT", sizes("{} 上颌 10根/包", WIRES), "包", "58", None, 26, 5),
    Family("GS2", "不锈钢弓丝", "zh", "SS", sizes("{} 下颌 10根/包", WIRES), "包", "46", None, 20, 5),
    Family("JG1", "正畸颊面管", "zh", "BT-6", sizes("{}", "第一磨牙10付 第二磨牙10付"), "包", "118", None, 16, 3),
    Family("PQ1", "正畸弹性牵引圈", "zh", "EL", sizes("{} 5000个/包", "1/8寸 3/16寸 1/4寸 5/16寸"), "包", "45", 24, 18,
           4),
    Family("ZL1", "正畸保护蜡", "zh", "WX", sizes("{}", "5条/盒"), "盒", "6.5", 36, 20, 20, device_class="1"),
    Family("HT1", "混合头", "yz", "MT-1:1", sizes("{} 50个/包", "黄色 粉色 绿色"), "包", "68", None, 26, 3,
           device_class="1"),
    Family("JJ1", "超声洁牙工作尖", "jd", "US-P", sizes("{}", "P1 P3 P4 G1 G2"), "根", "88", None, 20, 4),
    Family("QT1", "三用枪喷头", "jd", "TW-250", sizes("{}", "250支/包"), "包", "98", 48, 22, 3, device_class="1"),
    Family("YH1", "咬合纸", "jd", "AP", sizes("{}", "40μm红 100μm蓝 200μm红蓝"), "本", "24", None, 22, 5,
           device_class="1"),
    Family("CX1", "成型片", "rx", "MB-S", sizes("{} 12片/板", "前磨牙 磨牙 分段"), "板", "26", None, 18, 4,
           device_class="1"),
    Family("TF1", "氟保护漆", "gw", "FluoCoat", sizes("{}", "0.4ml×50支 10ml/瓶"), "盒", "386", 24, 12, 2),
    Family("TM1", "脱敏剂", "gw", "SensiOff", sizes("{}/瓶", "5ml"), "瓶", "216", 24, 14, 2),
    Family("PM1", "抛光膏", "jy", "PS-100", sizes("{}/瓶", "100g 200g"), "瓶", "48", 36, 16, 3, device_class="1"),
    Family("KJ1", "口镜", "rx", "MR-4", sizes("{}", "4号平面 5号平面"), "支", "9.5", None, 24, 20, device_class="1",
           has_lot=False),
    Family("NZ1", "牙科镊子", "rx", "TZ-17", sizes("{}", "17cm弯 15cm直"), "把", "16.5", None, 14, 10, device_class="1",
           has_lot=False),
    Family("XD1", "消毒湿巾", "ah", "WP-80", sizes("{}", "80片/桶"), "桶", "19.8", 24, 30, 12, CARTON10,
           device_class="none"),
    Family("YG1", "氧化锆瓷块", "cc", "ZR-HT", shades("98×14mm", "白 A1 A2 A3") + shades("98×18mm", "白 A1 A2 A3"),
           "块", "420", None,
           40, 5, buyers="lab"),
    Family("YG2", "多层氧化锆瓷块", "cc", "ZR-ML", shades("98×16mm", "A1 A2 A3 B1") + shades("98×20mm", "A1 A2 A3 B1"),
           "块", "680",
           None, 34, 4, buyers="lab"),
    Family("CF1", "烤瓷粉", "pl", "CeraPow", shades("50g/瓶", "A1 A2 A3 B2"), "瓶", "268", 60, 26, 4, buyers="lab"),
    Family("SG1", "牙科超硬石膏", "cc", "ST-IV", sizes("{}/包", "1kg 5kg"), "包", "24", 18, 40, 20, device_class="1",
           buyers="lab"),
    Family("BM1", "义齿基托树脂", "cc", "DB-H", sizes("{}", "500g粉 500ml液"), "瓶", "96", 36, 22, 6, buyers="lab"),
    Family("CS1", "氧化锆车针", "cc", "ML-Z", sizes("{}", "Φ0.6mm Φ1.0mm Φ2.5mm"), "根", "128", None, 26, 5,
           device_class="1",
           buyers="lab"),
)
