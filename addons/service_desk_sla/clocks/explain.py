"""Why a clock shows what it shows, interval by interval."""

from .reading import read


def explain(cycle, hours_of, now=None):
    """Return the intervals of a cycle as plain data, in order, so that every deadline can be followed.

    Each row: ``from``, ``to`` (naive UTC; None: goes on), ``kind``, ``reason``, ``reason_id``, ``hand``, ``hand_id``; the
    target that held then: ``version_id``, ``line_id``, ``calendar_id``, ``company_id``, ``target_seconds``; ``working_seconds``
    in it until ``now``, ``used_seconds`` after it, ``left_seconds`` after it, and ``missed_at`` when it was missed in it.
    """
    reading = read(cycle, hours_of, now)
    rows, used = [], 0
    for piece in reading.pieces:
        work = reading.work_until_now(piece)
        used += work if piece.runs else 0
        rows.append(_row(reading, piece, work, used))
    return rows


def _row(reading, piece, work, used):
    target, span = reading.cycle.targets[piece.index], piece.span
    seconds = reading.seconds_of_targets[piece.index]
    missed = reading.missed_at
    inside = missed and piece.start <= missed and (piece.end is None or missed < piece.end)
    return {
        "from": piece.start,
        "to": piece.end,
        "kind": span.kind,
        "reason": span.reason,
        "reason_id": span.reason_id,
        "hand": span.hand,
        "hand_id": span.hand_id,
        "version_id": target.version_id,
        "line_id": target.line_id,
        "calendar_id": target.calendar_id,
        "company_id": target.company_id,
        "target_seconds": seconds,
        "working_seconds": work,
        "used_seconds": used,
        "left_seconds": None if seconds is None else seconds - used,
        "missed_at": missed if inside else None,
    }
