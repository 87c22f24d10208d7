"""Papers about a customer whose class of sale, 统销 or 地销, says who decides: what they keep of the customer."""

from sqlalchemy.orm import Mapped, declared_attr, relationship

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.approval import EDITABLE
from dentalsales.blueprint.brings import take_over
from dentalsales.blueprint.fields import CONTACT, choice, link, text
from dentalsales.blueprint.record import Routed
from dentalsales.blueprint.roles import ASSISTANT, LEADERS, MANAGER, MANAGERS, REP, SERVICE_DESK, Access, roles
from dentalsales.i18n import _
from dentalsales.registers.customers import SALE_CLASSES, Customer

APPLICANTS = roles(REP, ASSISTANT)
"""Who applies for something in a customer's name."""
CARERS = roles(APPLICANTS, MANAGER)
"""Who sees it through once it is approved."""
WORDS = {"contact": "contact", "phone": "phone", "sale_class": "sale_class"}


class ByClass(Routed):
    """A paper that is approved as its customer's class says."""

    __abstract__ = True

    customer_id: Mapped[int] = link(_("Customer"), "customer", required=True)
    sale_class: Mapped[str] = choice(_("Sale class"), *SALE_CLASSES, read_only=True)
    contact: Mapped[str] = text(_("Contact"), length=60, enter_skips=True, personal=CONTACT)
    phone: Mapped[str] = text(_("Phone"), length=60, enter_skips=True, masked=True, personal=CONTACT)

    @declared_attr
    def customer(cls) -> Mapped[Customer]:
        """Whom it is about."""
        return relationship(foreign_keys=f"{cls.__name__}.customer_id")


def class_is_the_customers(paper: ByClass, act: Act) -> None:
    """Until it is submitted a paper follows the customer's class, which decides who approves it."""
    if paper.state in EDITABLE:
        paper.sale_class = paper.customer.sale_class


def customer_brings_its_words(paper: ByClass, act: Act) -> Customer | None:
    """The customer fills contact and class; it is returned for what else it brings."""
    customer = act.session.get(Customer, paper.customer_id or 0)
    take_over(paper, customer, WORDS)
    return customer


def access(*more: str) -> Access:
    """Return who sees such papers: the offices that serve customers, a salesperson his own, and those named here."""
    view = roles(MANAGERS, LEADERS, ASSISTANT, SERVICE_DESK, *more)
    return Access(view=view, create=APPLICANTS, own=roles(REP), owner="customer_id.owner_id")
