{
    "name": "Service Desk - Assets of Employees",
    "summary": "Equipment given to an employee or to his department counts as his",
    "version": "19.0.1.0.0",
    "category": "Services/Helpdesk",
    "author": "Service Desk contributors",
    "license": "LGPL-3",
    "depends": ["service_desk_asset", "service_desk_hr", "hr_maintenance"],
    "auto_install": True,
}
