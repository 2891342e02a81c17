{
    "name": "Service Desk - Automation",
    "summary": "Ready automation rules for tickets, and a guard against rules that chase each other",
    "version": "19.0.1.0.0",
    "category": "Services/Helpdesk",
    "author": "Service Desk contributors",
    "license": "LGPL-3",
    "depends": ["service_desk", "base_automation"],
    "data": [
        "security/ir.model.access.csv",
        "security/service_desk_automation_security.xml",
        "data/base_automation_data.xml",
        "data/service_desk_automation_preset_data.xml",
        "views/service_desk_automation_preset_views.xml",
        "views/service_desk_automation_stop_views.xml",
        "views/base_automation_views.xml",
    ],
    "auto_install": True,
}
