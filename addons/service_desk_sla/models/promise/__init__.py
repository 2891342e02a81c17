"""What would be promised: before there is a ticket."""

from . import service_desk_promise
