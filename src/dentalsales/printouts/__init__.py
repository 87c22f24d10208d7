"""The printed papers of the office."""

from dentalsales.printouts.complaint_forms import QUALITY, SERVICE
from dentalsales.printouts.contract import CONTRACT, CONTRACT_WORDING
from dentalsales.printouts.contract_review import CONTRACT_REVIEW, DEVIATION_SHEET
from dentalsales.printouts.dispatch_note import DISPATCH_NOTE
from dentalsales.printouts.order_slip import ORDER_SLIP
from dentalsales.printouts.receipt import RECEIPT
from dentalsales.printouts.return_note import RETURN_NOTE
from dentalsales.printouts.sample_form import SAMPLE_FORM
from dentalsales.printouts.visit_form import VISIT_FORM

PRINTOUTS = (
    ORDER_SLIP,
    DISPATCH_NOTE,
    RETURN_NOTE,
    RECEIPT,
    CONTRACT,
    CONTRACT_REVIEW,
    DEVIATION_SHEET,
    CONTRACT_WORDING,
    SAMPLE_FORM,
    VISIT_FORM,
    QUALITY,
    SERVICE,
)
