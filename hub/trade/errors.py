"""What trade rules and landed cost refuse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hub.kernel.errors import Refusal, Status

MOST_PROBLEMS: Final = 50
"""Problems that one refusal names."""


class TradeRulesInvalid(Refusal):
    """Trade rules overlap, leave a gap, or cannot be read; `problems` lists each case with its file and line."""

    reason = "TRADE_RULES_INVALID"
    status = Status.INVALID_ARGUMENT
    kept = False

    def __init__(self, problems: Sequence[str]) -> None:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(
            f"The trade rules cannot come into force: {problems[0]}{more}. Correct the files and load all of them.",
            **{f"problem_{number}": problem for number, problem in enumerate(problems[:MOST_PROBLEMS], start=1)},
        )
        self.problems = tuple(problems)


class TradeRulesNotFound(Refusal):
    """No version of the trade rules has this number; metadata names it."""

    reason = "TRADE_RULES_NOT_FOUND"
    status = Status.NOT_FOUND
    kept = False


class LandedCostNotFound(Refusal):
    """The order was placed without a landed cost."""

    reason = "LANDED_COST_NOT_FOUND"
    status = Status.NOT_FOUND
    kept = False


class PapersIncomplete(Refusal):
    """The papers of a consignment lack facts; metadata names each of them."""

    reason = "PAPERS_INCOMPLETE"
    status = Status.FAILED_PRECONDITION
    kept = False

    def __init__(self, consignment_id: str, lacks: Sequence[str]) -> None:
        self.lacks = tuple(lacks)
        super().__init__(
            f"The papers of consignment {consignment_id} are incomplete: {'; '.join(lacks[:MOST_PROBLEMS])}. Complete"
            " items with PutItems, nodes with PutNetwork, and registrations with LoadRules.",
            consignment_id=consignment_id,
            **{f"lack_{number}": lack for number, lack in enumerate(lacks[:MOST_PROBLEMS], start=1)},
        )


class PapersUnprintable(Refusal):
    """A text of the papers has characters that their font does not have; metadata names field and characters."""

    reason = "PAPERS_UNPRINTABLE"
    status = Status.FAILED_PRECONDITION
    kept = False


class TradeRuleMissing(Refusal):
    """The trade rules have no row for what is asked on its day; metadata names table, territory and day."""

    reason = "TRADE_RULE_MISSING"
    status = Status.FAILED_PRECONDITION
    kept = False


class ExchangeRateMissing(Refusal):
    """No exchange rate between two currencies holds on the day; metadata names both and the day."""

    reason = "EXCHANGE_RATE_MISSING"
    status = Status.FAILED_PRECONDITION
    kept = False


class TradeFlowNotAllowed(Refusal):
    """The value of a consignment is above what its customs flow takes; metadata names the rule."""

    reason = "TRADE_FLOW_NOT_ALLOWED"
    status = Status.FAILED_PRECONDITION
    kept = False


class ConsignmentSplit(Refusal):
    """Consignments of one order to one recipient on one day are below a threshold that they pass together."""

    reason = "CONSIGNMENT_SPLIT"
    status = Status.FAILED_PRECONDITION
    kept = False


class VatNumberNotStated(Refusal):
    """The order is taxed by its seller, so no VAT number of its buyer is checked."""

    reason = "VAT_NUMBER_NOT_STATED"
    status = Status.FAILED_PRECONDITION
    kept = False


class VatRegistryNotConnected(Refusal):
    """The channel names no account at which VAT numbers are looked up."""

    reason = "VAT_REGISTRY_NOT_CONNECTED"
    status = Status.FAILED_PRECONDITION
    kept = False


class DeclarationNotFound(Refusal):
    """No declaration to customs of this shipment, or with this id, in the caller's scope."""

    reason = "DECLARATION_NOT_FOUND"
    status = Status.NOT_FOUND
    kept = False


class DeclarationNotAllowed(Refusal):
    """The declaration is in a state in which this cannot be done; metadata names it."""

    reason = "DECLARATION_NOT_ALLOWED"
    status = Status.FAILED_PRECONDITION


class DeclarationReferenceDiffers(Refusal):
    """What is said of a declaration names the reference of another one; metadata names both."""

    reason = "DECLARATION_REFERENCE_DIFFERS"
    status = Status.FAILED_PRECONDITION
