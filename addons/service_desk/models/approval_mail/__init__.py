from . import (
    service_desk_settings,
    service_desk_approval_link,
    service_desk_approval_request,
    mail_mail,
)
