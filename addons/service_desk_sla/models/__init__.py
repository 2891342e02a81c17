from . import (
    metric,
    agreement,
    timeline,
    clock,
    alert,
    audit,
    promise,
    report,
)
