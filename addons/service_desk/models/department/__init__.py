from . import (
    service_desk_department,
    service_desk_department_item,
    service_desk_department_compare,
    service_desk_department_install,
    service_desk_department_preview,
    service_desk_department_uses,
    service_desk_department_remove,
    service_desk_department_language,
    res_lang,
)
