from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import refusal_pb2 as _refusal_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ScenarioKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SCENARIO_KIND_UNSPECIFIED: _ClassVar[ScenarioKind]
    SCENARIO_KIND_GEOGRAPHY: _ClassVar[ScenarioKind]
    SCENARIO_KIND_MERCHANDISING: _ClassVar[ScenarioKind]
    SCENARIO_KIND_LOGISTICS: _ClassVar[ScenarioKind]
    SCENARIO_KIND_FINANCE: _ClassVar[ScenarioKind]
    SCENARIO_KIND_STORE_OPERATIONS: _ClassVar[ScenarioKind]
SCENARIO_KIND_UNSPECIFIED: ScenarioKind
SCENARIO_KIND_GEOGRAPHY: ScenarioKind
SCENARIO_KIND_MERCHANDISING: ScenarioKind
SCENARIO_KIND_LOGISTICS: ScenarioKind
SCENARIO_KIND_FINANCE: ScenarioKind
SCENARIO_KIND_STORE_OPERATIONS: ScenarioKind

class AvailabilityRule(_message.Message):
    __slots__ = ("rule_id", "condition", "withheld_units")
    RULE_ID_FIELD_NUMBER: _ClassVar[int]
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    WITHHELD_UNITS_FIELD_NUMBER: _ClassVar[int]
    rule_id: str
    condition: str
    withheld_units: int
    def __init__(self, rule_id: _Optional[str] = ..., condition: _Optional[str] = ..., withheld_units: _Optional[int] = ...) -> None: ...

class AvailabilityScenario(_message.Message):
    __slots__ = ("scenario_id", "kind", "title", "rules", "version", "active_version")
    SCENARIO_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    RULES_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    ACTIVE_VERSION_FIELD_NUMBER: _ClassVar[int]
    scenario_id: str
    kind: ScenarioKind
    title: str
    rules: _containers.RepeatedCompositeFieldContainer[AvailabilityRule]
    version: int
    active_version: int
    def __init__(self, scenario_id: _Optional[str] = ..., kind: _Optional[_Union[ScenarioKind, str]] = ..., title: _Optional[str] = ..., rules: _Optional[_Iterable[_Union[AvailabilityRule, _Mapping]]] = ..., version: _Optional[int] = ..., active_version: _Optional[int] = ...) -> None: ...

class PutScenarioRequest(_message.Message):
    __slots__ = ("request_id", "scenario", "expected_version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SCENARIO_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    scenario: AvailabilityScenario
    expected_version: int
    def __init__(self, request_id: _Optional[str] = ..., scenario: _Optional[_Union[AvailabilityScenario, _Mapping]] = ..., expected_version: _Optional[int] = ...) -> None: ...

class PutScenarioResponse(_message.Message):
    __slots__ = ("scenario",)
    SCENARIO_FIELD_NUMBER: _ClassVar[int]
    scenario: AvailabilityScenario
    def __init__(self, scenario: _Optional[_Union[AvailabilityScenario, _Mapping]] = ...) -> None: ...

class ListScenariosRequest(_message.Message):
    __slots__ = ("page",)
    PAGE_FIELD_NUMBER: _ClassVar[int]
    page: _refusal_pb2.PageRequest
    def __init__(self, page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ...) -> None: ...

class ListScenariosResponse(_message.Message):
    __slots__ = ("scenarios", "next_page_token")
    SCENARIOS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    scenarios: _containers.RepeatedCompositeFieldContainer[AvailabilityScenario]
    next_page_token: str
    def __init__(self, scenarios: _Optional[_Iterable[_Union[AvailabilityScenario, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class PreviewScenarioRequest(_message.Message):
    __slots__ = ("scenario_id", "version", "off", "example_limit")
    SCENARIO_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    OFF_FIELD_NUMBER: _ClassVar[int]
    EXAMPLE_LIMIT_FIELD_NUMBER: _ClassVar[int]
    scenario_id: str
    version: int
    off: bool
    example_limit: int
    def __init__(self, scenario_id: _Optional[str] = ..., version: _Optional[int] = ..., off: _Optional[bool] = ..., example_limit: _Optional[int] = ...) -> None: ...

class CellChange(_message.Message):
    __slots__ = ("sku", "node_id", "channel_id", "available", "available_then")
    SKU_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    AVAILABLE_FIELD_NUMBER: _ClassVar[int]
    AVAILABLE_THEN_FIELD_NUMBER: _ClassVar[int]
    sku: str
    node_id: str
    channel_id: str
    available: int
    available_then: int
    def __init__(self, sku: _Optional[str] = ..., node_id: _Optional[str] = ..., channel_id: _Optional[str] = ..., available: _Optional[int] = ..., available_then: _Optional[int] = ...) -> None: ...

class PreviewScenarioResponse(_message.Message):
    __slots__ = ("cell_count", "changed_count", "withheld_units", "examples", "version")
    CELL_COUNT_FIELD_NUMBER: _ClassVar[int]
    CHANGED_COUNT_FIELD_NUMBER: _ClassVar[int]
    WITHHELD_UNITS_FIELD_NUMBER: _ClassVar[int]
    EXAMPLES_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    cell_count: int
    changed_count: int
    withheld_units: int
    examples: _containers.RepeatedCompositeFieldContainer[CellChange]
    version: int
    def __init__(self, cell_count: _Optional[int] = ..., changed_count: _Optional[int] = ..., withheld_units: _Optional[int] = ..., examples: _Optional[_Iterable[_Union[CellChange, _Mapping]]] = ..., version: _Optional[int] = ...) -> None: ...

class ActivateScenarioRequest(_message.Message):
    __slots__ = ("request_id", "scenario_id", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SCENARIO_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    scenario_id: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., scenario_id: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class ActivateScenarioResponse(_message.Message):
    __slots__ = ("scenario", "position")
    SCENARIO_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    scenario: AvailabilityScenario
    position: int
    def __init__(self, scenario: _Optional[_Union[AvailabilityScenario, _Mapping]] = ..., position: _Optional[int] = ...) -> None: ...

class DeactivateScenarioRequest(_message.Message):
    __slots__ = ("request_id", "scenario_id")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SCENARIO_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    scenario_id: str
    def __init__(self, request_id: _Optional[str] = ..., scenario_id: _Optional[str] = ...) -> None: ...

class DeactivateScenarioResponse(_message.Message):
    __slots__ = ("scenario", "position")
    SCENARIO_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    scenario: AvailabilityScenario
    position: int
    def __init__(self, scenario: _Optional[_Union[AvailabilityScenario, _Mapping]] = ..., position: _Optional[int] = ...) -> None: ...
