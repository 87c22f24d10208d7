import sys; sys.path.insert(0,'/tmp')
from pathlib import Path
from conftest import *
import makers
from dentalsales.usecases.run_report import paper
from dentalsales.exchange.pdf import write_sheet, write_paper
from dentalsales.exchange import excel_out
from dentalsales.blueprint.house_records import SettingValue
from dentalsales.reports import REPORTS
from dentalsales.registers.dispatch_notes import DispatchNote
from dentalsales.registers.receipts import Receipt
def test_all(trade):
    import zh; zh.on()
    out=Path("/tmp/look"); out.mkdir(exist_ok=True)
    with trade.desks.company.writing() as s:
        for k,v in (("name","北京康齿齿科材料有限公司"),("address","北京市海淀区中关村南大街 1 号"),("phone","010-88880000"),("licence","京海药监械经营许20210123号")):
            s.add(SettingValue(key="company_"+k,value=v))
    d=trade.desks
    for n in range(12):
        makers.a_product(d, f"一次性使用口腔器械盒（含镜探镊{n}）", price="12.50", model=f"KQ-{n}", spec="三件套 100套/箱", maker="常州某某医疗器械股份有限公司", registrant="常州某某医疗器械股份有限公司")
    for r in REPORTS:
        p = NOVEMBER if r.period in ("month","range") else TODAY
        s = trade.report(r.name, p, **({"customer_id": trade.dealer} if r.name=="statement" else {}))
        write_sheet(s, out/f"{r.name}.pdf"); excel_out.write_sheet(s, out/f"{r.name}.xlsx")
    o=makers.an_order(d, trade.clinic, (trade.resin,3))
    with d.company.reading() as s:
        notes=[x.id for x in s.query(DispatchNote)]; rec=[x.id for x in s.query(Receipt)]
    from dentalsales.usecases.form import form_from
    draft=form_from(d["warehouse"],"orders",trade.orders["billed"],"dispatch").save().record_id
    for size in ("A4","A4 landscape"):
        write_paper(paper(d["manager"],"order_slip",trade.orders["paid"],size=size), out/f"p_order_{size.replace(' ','_')}.pdf")
    write_paper(paper(d["manager"],"order_slip",o.id,size="A4"), out/"p_order_draft.pdf")
    for size in ("A4","A4 landscape","241x140"):
        write_paper(paper(d["manager"],"dispatch_note",notes[1],size=size), out/f"p_dispatch_{size.replace(' ','_')}.pdf")
    write_paper(paper(d["manager"],"dispatch_note",notes[1],size="241x140",prices=False), out/f"p_dispatch_noprice.pdf")
    write_paper(paper(d["manager"],"dispatch_note",draft,size="A4"), out/f"p_dispatch_draft.pdf")
    for size in ("A4","A5","241x140"):
        write_paper(paper(d["manager"],"receipt",rec[0],size=size), out/f"p_receipt_{size}.pdf")
