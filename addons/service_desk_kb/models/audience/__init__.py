"""Who may read: named audiences, and the readers that articles of the same audience and services share."""

from . import service_desk_audience, service_desk_entitlement, service_desk_readers
