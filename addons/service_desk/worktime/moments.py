"""Naive UTC datetimes to whole seconds since 1970 and back; days as numbers since then."""

from datetime import date, datetime, timedelta

EPOCH = datetime(1970, 1, 1)
EPOCH_DAY = date(1970, 1, 1).toordinal()
DAY = 86400
_SECOND = timedelta(seconds=1)


def second_of(moment):
    """Return the whole second since 1970 in which ``moment`` (naive UTC) lies."""
    return (moment - EPOCH) // _SECOND


def moment_of(second):
    """Return the naive UTC moment of a second since 1970."""
    return EPOCH + timedelta(seconds=second)


def second_of_year(year):
    """Return the second at which a UTC year begins."""
    # by the leap days before it, so that the year after the last one of datetime has a beginning too
    before = year - 1
    ordinal = before * 365 + before // 4 - before // 100 + before // 400 + 1
    return (ordinal - EPOCH_DAY) * DAY
