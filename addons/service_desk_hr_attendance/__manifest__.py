{
    "name": "Service Desk - Attendance",
    "summary": "Tickets go to people who are checked in",
    "version": "19.0.1.0.0",
    "category": "Services/Helpdesk",
    "author": "Service Desk contributors",
    "license": "LGPL-3",
    "depends": ["service_desk_hr", "hr_attendance"],
    "data": ["views/service_desk_team_views.xml"],
    "demo": ["demo/hr_attendance_demo.xml"],
    "auto_install": True,
}
