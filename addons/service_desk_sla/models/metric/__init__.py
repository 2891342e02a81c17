"""What is measured: when a clock starts, stands still and stops."""

from . import service_desk_metric, service_desk_metric_condition
