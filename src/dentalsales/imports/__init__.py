"""What can be imported, in the order in which a new office needs it."""

from dentalsales.imports.customers import CUSTOMER_IMPORT
from dentalsales.imports.opening_receivables import OPENING_RECEIVABLE_IMPORT
from dentalsales.imports.opening_stock import OPENING_STOCK_IMPORT
from dentalsales.imports.past_sales import PAST_SALES_IMPORT
from dentalsales.imports.prices import PRICE_IMPORT
from dentalsales.imports.products import PRODUCT_IMPORT

IMPORTS = (
    CUSTOMER_IMPORT,
    PRODUCT_IMPORT,
    PRICE_IMPORT,
    OPENING_STOCK_IMPORT,
    OPENING_RECEIVABLE_IMPORT,
    PAST_SALES_IMPORT,
)
