{
    "name": "Service Desk - Employees",
    "summary": "Leaves, managers and skills of the staff decide who gets a ticket",
    "version": "19.0.1.0.0",
    "category": "Services/Helpdesk",
    "author": "Service Desk contributors",
    "license": "LGPL-3",
    "depends": ["service_desk", "hr", "hr_holidays", "hr_skills"],
    "data": [],
    "auto_install": True,
}
