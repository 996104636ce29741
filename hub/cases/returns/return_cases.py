"""Cases with their returns and credits, as working sets of the flows about what comes back.

The order's lock guards its returns and credits too: whoever changes them has loaded the case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from msgspec import Struct, field
from msgspec.structs import replace

from hub.cases.case import Case, Place
from hub.cases.context import FlowContext
from hub.cases.store import Loaded, load, read, save
from hub.database.tx import Tx
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from hub.messages.events.orders import OrderReopened
from hub.messages.events.returns import ReturnAuthorized
from hub.messages.tasks import SettleExchange
from hub.messages.timers import ReturnDeadline
from hub.orders.lifecycle import OrderAction, OrderState
from hub.orders.model import OrderLine
from hub.orders.policy import after as order_after
from hub.payments.model import TransactionKind
from hub.returns import operations as returns
from hub.returns.errors import ReturnNotFound
from hub.returns.lifecycle import ReturnAction
from hub.returns.model import Credit, Return
from hub.returns.policy.credits import MultiBuy, Sold, after, credited_units, with_credit
from hub.returns.policy.routing import RoutedUnits
from hub.slices.lifecycle import GONE, SliceAction
from hub.slices.model import Slice
from hub.slices.policy import Taking, Where, units


class ReturnCase(Struct):
    """One order with all its returns and credits."""

    case: Case
    returns: dict[UUID, Return] = field(default_factory=dict)
    credits: list[Credit] = field(default_factory=list)

    def put(self, return_: Return) -> None:
        """Adds a return or replaces it by its new self."""
        self.returns[return_.return_id] = return_

    def act(self, return_id: UUID, action: ReturnAction) -> Return:
        """Moves a return on; raises ReturnActionNotAllowed."""
        moved = after(self.returns[return_id], action)
        self.put(moved)
        return moved

    def sold(self, line: OrderLine) -> Sold:
        """A line as sold, with what was credited of it so far."""
        own = [slice_ for slice_ in self.case.slices if slice_.line_number == line.line_number]
        made = Sold(
            line_number=line.line_number,
            quantity=line.quantity,
            total_minor=line.total_minor,
            tax_minor=line.tax_minor,
            shipped=units(own, GONE),
            multi_buys=tuple(MultiBuy(amount, needed) for amount, needed in line.multi_buys),
        )
        return with_credit(made, self.credits)

    def credits_of(self, return_id: UUID) -> tuple[Credit, ...]:
        """What was credited for a return."""
        return tuple(credit for credit in self.credits if credit.return_id == return_id)

    def taking(
        self, action: SliceAction, return_id: UUID, line_number: int | None = None, quantity: int | None = None
    ) -> list[Taking]:
        """Units of a return, of one line or all, that can take an action."""
        return self.case.taking(action, quantity, where=of_return(return_id, line_number))


class ReturnResult(Struct, frozen=True):
    """A return as it stands, with its case and what was credited for it."""

    case: Case
    rma: Return
    credits: tuple[Credit, ...] = ()


class Returning(Struct, frozen=True):
    """Working sets of a flow, by order, and which return belongs to which order."""

    loaded: Loaded
    cases: dict[UUID, ReturnCase]
    order_of: Mapping[UUID, UUID]
    before: tuple[Return, ...]
    credited: frozenset[UUID]
    routes: list[RoutedUnits] = field(default_factory=list)

    def of(self, return_id: UUID) -> ReturnCase:
        """The working set of a return; raises ReturnNotFound."""
        found = self.cases.get(self.order_of.get(return_id, return_id))
        if found is None or return_id not in found.returns:
            raise ReturnNotFound(
                f"There is no return {return_id}; authorize one, or name one of your orders or node.",
                return_id=return_id,
            )
        return found

    def back(self, return_id: UUID) -> ReturnResult:
        """The return as it stands."""
        found = self.of(return_id)
        return ReturnResult(found.case, found.returns[return_id], found.credits_of(return_id))


def begin(found: ReturnCase, rma: Return, takings: list[Taking], at: Instant) -> None:
    """Begins a return that is authorized: units come under it, and are awaited unless the customer keeps them."""
    case = found.case
    found.put(rma)
    cause = case.happened(
        ReturnAuthorized(
            return_id=rma.return_id,
            quantity=sum(line.quantity for line in rma.lines),
            return_by_time=rma.return_by,
            policy_id=rma.policy_id,
        ),
        at,
    )
    case.move(takings, SliceAction.AUTHORIZE_RETURN, cause, at, in_return(rma.return_id))
    if not rma.keep:
        case.set_timer(ReturnDeadline(rma.return_id, rma.return_by))


def finish_exchange(found: ReturnCase, return_id: UUID) -> None:
    """Has the order of an exchange settled: what came back pays for it, and nothing more is to come."""
    rma = found.returns[return_id]
    if rma.exchange_order_id is None:
        return
    found.put(replace(rma, exchange_minor=0))
    credited = {one.credit_id for one in found.credits_of(return_id)}
    accepted = sum(
        transaction.amount_minor
        for transaction in found.case.payments.transactions
        if transaction.kind is TransactionKind.EXCHANGED and transaction.credit_id in credited
    )
    found.case.task(SettleExchange(rma.exchange_order_id, accepted, credited_units(rma)))


def of_return(return_id: UUID, line_number: int | None = None) -> Where:
    """A condition on slices: of a return, and of one of its lines or of any."""

    def where(slice_: Slice) -> bool:
        return slice_.return_id == return_id and line_number in {None, slice_.line_number}

    return where


def in_return(return_id: UUID | None) -> Place:
    """Units that come under a return, or under none any more."""

    def place(slice_: Slice) -> Slice:
        return replace(slice_, return_id=return_id)

    return place


def reopen(case: Case, cause_id: UUID, at: Instant) -> None:
    """Opens a closed order again, for a return or a credit."""
    if case.order.state is OrderState.CLOSED:
        case.order = order_after(case.order, OrderAction.REOPEN)
        case.happened(OrderReopened(cause_id=cause_id), at)


def return_of(shipment_id: UUID) -> UUID:
    """The return of a parcel that its carrier brings back."""
    return derived(shipment_id, "return")


async def load_orders(flow: FlowContext, flow_name: str, order_ids: Iterable[UUID]) -> Returning:
    """Orders in scope with their returns, locked."""
    return await _returning(flow, await load(flow, flow_name, order_ids), None)


async def load_returns(flow: FlowContext, flow_name: str, return_ids: Iterable[UUID]) -> Returning:
    """The orders of returns in scope, locked; who sees a return may work on it, whatever node shipped it."""
    order_of = await returns.orders_of(flow.tx, flow.scope, sorted(set(return_ids)))
    flow = replace(flow, scope=HUB)
    return await _returning(flow, await load(flow, flow_name, order_of.values()), order_of)


async def read_orders(flow: FlowContext, order_ids: Iterable[UUID]) -> dict[UUID, ReturnCase]:
    """Orders in scope with their returns, to look at."""
    cases = await read(flow.tx, flow.scope, sorted(set(order_ids)))
    return (await _returning(flow, Loaded(cases, {}), {})).cases


async def _returning(flow: FlowContext, loaded: Loaded, order_of: Mapping[UUID, UUID] | None) -> Returning:
    ids = list(loaded.cases)
    standing = await returns.load(flow.tx, ids)
    granted = await returns.load_credits(flow.tx, ids)
    cases = {
        order_id: ReturnCase(
            case,
            {one.return_id: one for one in standing.get(order_id, ())},
            list(granted.get(order_id, ())),
        )
        for order_id, case in loaded.cases.items()
    }
    if order_of is None:
        order_of = {one.return_id: order_id for order_id, several in standing.items() for one in several}
    before = tuple(one for several in standing.values() for one in several)
    credited = frozenset(one.credit_id for several in granted.values() for one in several)
    return Returning(loaded, cases, order_of, before, credited)


async def save_returning(flow: FlowContext, flow_name: str, returning: Returning) -> None:
    """Writes what changed in orders, returns and credits."""
    now = [return_ for found in returning.cases.values() for return_ in found.returns.values()]
    await returns.save(flow.tx, returning.before, now)
    granted = [credit for found in returning.cases.values() for credit in found.credits]
    await returns.add_credits(flow.tx, [one for one in granted if one.credit_id not in returning.credited])
    await returns.add_routes(flow.tx, returning.routes)
    await save(flow, flow_name, returning.loaded)


async def read_returns(tx: Tx, order_of: Mapping[UUID, UUID]) -> dict[UUID, ReturnResult]:
    """Returns to look at, by id; who asks has found them in scope."""
    order_ids = sorted(set(order_of.values()))
    cases = await read(tx, HUB, order_ids)
    standing = await returns.load(tx, order_ids)
    granted = await returns.load_credits(tx, order_ids)
    found = {one.return_id: one for several in standing.values() for one in several}
    return {
        return_id: ReturnResult(
            cases[order_id],
            found[return_id],
            tuple(one for one in granted.get(order_id, ()) if one.return_id == return_id),
        )
        for return_id, order_id in order_of.items()
        if return_id in found and order_id in cases
    }
