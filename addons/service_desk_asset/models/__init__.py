from . import service_desk_approval
from . import service_desk_entitlement
from . import service_desk_form_kind
