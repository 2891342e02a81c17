{
    "name": "Service Desk - Knowledge",
    "summary": "Knowledge that is found, trusted and measured",
    "version": "19.0.1.0.0",
    "category": "Services/Helpdesk",
    "author": "Service Desk contributors",
    "license": "LGPL-3",
    "depends": ["service_desk", "html_editor"],
    "data": [
        "security/service_desk_kb_groups.xml",
        "security/ir.model.access.csv",
        "security/service_desk_kb_security.xml",
        "data/service_desk_audience_data.xml",
        "data/ir_cron_data.xml",
        "views/service_desk_article_views.xml",
        "views/service_desk_audience_views.xml",
        "views/service_desk_kb_menus.xml",
    ],
}
