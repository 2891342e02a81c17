{
    "name": "Service Desk - Automation",
    "summary": "Ready automation rules for tickets, and a guard against rules that chase each other",
    "version": "19.0.1.0.0",
    "category": "Services/Helpdesk",
    "author": "Service Desk contributors",
    "license": "LGPL-3",
    "depends": ["service_desk", "base_automation"],
    "data": [],
    "auto_install": True,
}
