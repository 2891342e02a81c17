{
    "name": "Service Desk - Employees",
    "summary": "Leaves, managers and skills of the staff decide who gets a ticket",
    "version": "19.0.1.0.0",
    "category": "Services/Helpdesk",
    "author": "Service Desk contributors",
    "license": "LGPL-3",
    "depends": ["service_desk", "hr", "hr_holidays", "hr_skills"],
    "data": [
        "data/ir_cron_data.xml",
        "views/hr_departure_wizard_views.xml",
        "views/hr_leave_views.xml",
        "views/service_desk_skill_views.xml",
        "views/service_desk_team_views.xml",
    ],
    "demo": ["demo/hr_employee_demo.xml", "demo/hr_leave_demo.xml"],
    "auto_install": True,
    "post_init_hook": "post_init_hook",
}
