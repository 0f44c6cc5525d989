"""What columns hold beside plain values, and the collection that all tables stand in."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, Dialect, MetaData, SmallInteger
from sqlalchemy.types import TypeDecorator

from bot.model.assessment import Severity

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_STEPS = tuple(Severity)


class Instant(TypeDecorator[datetime]):
    """A moment, exact to the microsecond, as a whole number since 1970: it sorts alike in every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's
        """Return microseconds; a datetime without a zone is refused with a TypeError."""
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the same
        """Return an aware datetime in UTC."""
        return None if value is None else _EPOCH + value * _MICROSECOND


class Rank(TypeDecorator[Severity]):
    """A severity as its step, so that the database can order by it and take the highest."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: Severity | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's
        """Return the step, 0 (none) to 4 (extreme)."""
        return None if value is None else value.step

    def process_result_value(self, value: int | None, dialect: Dialect) -> Severity | None:  # noqa: ARG002 - the same
        """Return the severity of that step."""
        return None if value is None else _STEPS[value]


metadata = MetaData()
