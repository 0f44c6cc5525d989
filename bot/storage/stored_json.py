"""Nouns as JSON in a text column. pydantic stands here, at the door: what comes out was checked.

Fields may be added to a noun with a default: old rows then still load. A field that is renamed or dropped needs a
migration.
"""

from functools import cache
from typing import Any, Generic, TypeVar

from pydantic import ConfigDict, RootModel
from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

T = TypeVar("T")


class _Door(RootModel[T], Generic[T]):
    """A noun on its way in or out. JSON knows no infinity ("at least 14 killed" is 14..inf): it goes as a string."""

    model_config = ConfigDict(ser_json_inf_nan="strings")


@cache
def _door(noun: Any) -> type[_Door[Any]]:  # noqa: ANN401 - a type, or a form like tuple[Reason, ...]
    return _Door[noun]


def dumps(noun: Any, value: object) -> str:  # noqa: ANN401 - as above
    """Return the value, which is of the noun's type, as JSON."""
    return _door(noun).model_construct(value).model_dump_json()


def loads(noun: Any, text: str) -> Any:  # noqa: ANN401 - as above
    """Return the checked noun; raise pydantic.ValidationError where the text is none."""
    return _door(noun).model_validate_json(text).root


class Stored(TypeDecorator[Any]):
    """A text column that holds one noun as JSON: nouns go in and come out."""

    impl = Text
    cache_ok = True

    def __init__(self, noun: Any) -> None:  # noqa: ANN401 - as above
        super().__init__()
        self.noun = noun

    def process_bind_param(self, value: object | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's
        """Return what is written."""
        return None if value is None else dumps(self.noun, value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002 - the same
        """Return what was written."""
        return None if value is None else loads(self.noun, value)
