"""The records of the rights table of skills and of people's profiles."""


def records(case):
    """Return one record for each row of ``data/rights/assignment.tsv``."""
    env = case.env
    agents = env["service_desk.agent"]
    profiles = {
        "of oneself": agents._of_users(case.agent),
        "of a colleague": agents._of_users(case.agent2),
        "of nobody's team": agents._of_users(case.manager),
        "of B": agents._of_users(case.agent_b),
    }
    skill = env["service_desk.skill"].create({"name": "rights"})
    found = {f"service_desk.agent {name}": profile for name, profile in profiles.items()}
    found["service_desk.skill"] = skill
    found["service_desk.agent.hand.over"] = env["service_desk.agent.hand.over"].create(
        {"agent_id": profiles["of a colleague"].id}
    )
    for name in ("of a colleague", "of B"):
        found[f"service_desk.agent.skill {name}"] = env["service_desk.agent.skill"].create(
            {"agent_id": profiles[name].id, "skill_id": skill.id}
        )
    for name, service in (("", "service_desk.service"), (" of B", "service_desk.service of B")):
        found[f"service_desk.skill.demand{name}"] = env["service_desk.skill.demand"].create(
            {"skill_id": skill.id, "service_id": case.records[service].id}
        )
    return found
