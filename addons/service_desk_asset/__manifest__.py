{
    "name": "Service Desk - Assets",
    "summary": "Offerings for those who have equipment of a kind",
    "version": "19.0.1.0.0",
    "category": "Services/Helpdesk",
    "author": "Service Desk contributors",
    "license": "LGPL-3",
    "depends": ["service_desk", "maintenance"],
    "data": ["views/service_desk_entitlement_views.xml"],
    "auto_install": True,
}
