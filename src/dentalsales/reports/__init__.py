"""The reports of the office, in the order in which they are offered."""

from dentalsales.reports.clerk_daily import CLERK_DAILY
from dentalsales.reports.complaints import COMPLAINTS_REPORT
from dentalsales.reports.contract_fulfilment import CONTRACT_FULFILMENT
from dentalsales.reports.contract_tracking import CONTRACT_TRACKING
from dentalsales.reports.customer_tracking import CUSTOMER_TRACKING
from dentalsales.reports.receivables_ageing import RECEIVABLES_AGEING
from dentalsales.reports.sales_daily import SALES_DAILY
from dentalsales.reports.sales_monthly import SALES_MONTHLY
from dentalsales.reports.sample_conversion import SAMPLE_CONVERSION
from dentalsales.reports.satisfaction import SATISFACTION
from dentalsales.reports.statement import STATEMENT
from dentalsales.reports.stock_expiry import STOCK_EXPIRY
from dentalsales.reports.supply_summary import SUPPLY_SUMMARY
from dentalsales.reports.target_gap import TARGET_GAP
from dentalsales.reports.visits import RECEPTION_LIST, VISIT_CALENDAR

REPORTS = (
    SALES_DAILY,
    CLERK_DAILY,
    SALES_MONTHLY,
    TARGET_GAP,
    CUSTOMER_TRACKING,
    CONTRACT_TRACKING,
    CONTRACT_FULFILMENT,
    SUPPLY_SUMMARY,
    STATEMENT,
    RECEIVABLES_AGEING,
    STOCK_EXPIRY,
    SAMPLE_CONVERSION,
    VISIT_CALENDAR,
    RECEPTION_LIST,
    COMPLAINTS_REPORT,
    SATISFACTION,
)
