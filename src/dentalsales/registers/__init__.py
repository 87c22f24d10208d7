"""The registers of the company, in the order of the business; a register knows only those above it."""

from dentalsales.registers.complaints import COMPLAINTS
from dentalsales.registers.contract_notices import CONTRACT_NOTICES
from dentalsales.registers.contract_progress import CONTRACT_PROGRESS
from dentalsales.registers.contract_templates import CONTRACT_TEMPLATES
from dentalsales.registers.contracts import CONTRACTS
from dentalsales.registers.customers import CUSTOMERS
from dentalsales.registers.delegations import DELEGATIONS
from dentalsales.registers.dispatch_notes import DISPATCH_NOTES
from dentalsales.registers.employees import EMPLOYEES
from dentalsales.registers.goods_in import GOODS_IN
from dentalsales.registers.ledger import LEDGER
from dentalsales.registers.market_activities import MARKET_ACTIVITIES
from dentalsales.registers.orders import ORDERS
from dentalsales.registers.prices import PRICES
from dentalsales.registers.products import PRODUCTS
from dentalsales.registers.receipts import RECEIPTS
from dentalsales.registers.receivables import RECEIVABLES
from dentalsales.registers.requirement_records import REQUIREMENT_RECORDS
from dentalsales.registers.returns import RETURNS
from dentalsales.registers.samples import SAMPLES
from dentalsales.registers.site_visits import SITE_VISITS
from dentalsales.registers.special_prices import SPECIAL_PRICES
from dentalsales.registers.spoken_names import SPOKEN_NAMES
from dentalsales.registers.stock import LOTS, MOVEMENTS, STOCK
from dentalsales.registers.suppliers import SUPPLIERS
from dentalsales.registers.targets import TARGETS

REGISTERS = (
    EMPLOYEES,
    DELEGATIONS,
    CUSTOMERS,
    SUPPLIERS,
    PRODUCTS,
    PRICES,
    SPECIAL_PRICES,
    SPOKEN_NAMES,
    TARGETS,
    STOCK,
    LOTS,
    MOVEMENTS,
    GOODS_IN,
    LEDGER,
    RECEIVABLES,
    REQUIREMENT_RECORDS,
    CONTRACT_TEMPLATES,
    CONTRACTS,
    CONTRACT_NOTICES,
    SAMPLES,
    ORDERS,
    CONTRACT_PROGRESS,
    DISPATCH_NOTES,
    RETURNS,
    RECEIPTS,
    SITE_VISITS,
    COMPLAINTS,
    MARKET_ACTIVITIES,
)
