"""The firm that the benches measure in: agents, teams, customers; made once per database."""

AGENTS = 20
TEAMS = ("IT", "Shops", "Equipment", "Security desk", "Office")
DOMAIN = "bench.test"


class Firm:
    """What fill and calls need to know: ids of people, teams, stages on both sides."""

    def __init__(self, env, with_peer):
        self.env = env
        self.with_peer = with_peer
        self.agents = self._agents()
        self.teams = self._teams("service_desk.team", "member_ids", "help")
        self.peer_teams = (
            self._teams("helpdesk.ticket.team", "user_ids", "peer") if with_peer else None
        )
        stages = env["service_desk.stage"].search([])
        self.stages = {stage.state: stage.id for stage in reversed(stages)}

    @property
    def agent(self):
        """The person who looks at the screens."""
        return self.agents[0]

    def _agents(self):
        users = self.env["res.users"]
        found = users.search([("login", "=like", "bench-agent-%")], order="id")
        if found:
            return found
        self._mail_domain()
        groups = [self.env.ref("service_desk.service_desk_group_agent").id]
        if self.with_peer:
            groups.append(self.env.ref("helpdesk_mgmt.group_helpdesk_user").id)
        return users.with_context(no_reset_password=True).create(
            [
                {
                    "name": f"Agent {number:02}",
                    "login": f"bench-agent-{number:02}",
                    "email": f"agent{number:02}@{DOMAIN}",
                    "group_ids": [(4, group) for group in groups],
                }
                for number in range(AGENTS)
            ]
        )

    def _mail_domain(self):
        domains = self.env["mail.alias.domain"]
        domain = domains.search([("name", "=", DOMAIN)]) or domains.create({"name": DOMAIN})
        self.env.company.write({"alias_domain_id": domain.id, "email": f"firm@{DOMAIN}"})

    def _teams(self, model, members, prefix):
        teams = self.env[model].search(
            [("name", "in", TEAMS), (members, "in", self.agents.ids)], order="id"
        )
        return teams or self.env[model].create(
            [
                {
                    "name": name,
                    members: [(6, 0, self.agents.ids)],
                    "alias_name": f"{prefix}{number}",
                    "alias_contact": "everyone",
                    "company_id": self.env.company.id,
                }
                for number, name in enumerate(TEAMS)
            ]
        )
