from . import (
    metric,
    agreement,
    timeline,
    clock,
    alert,
    audit,
    promise,
    screen,
    report,
    service_desk_labels,
)
