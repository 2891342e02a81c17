"""Draft, published, retired: whoever changes it, by button, plan, import or call, passes the same checks."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

LIFE_CRON = "service_desk.ir_cron_live_offerings"
#: What the desk itself keeps of the life of an offering.
MARKS = frozenset({"published_at", "retired_at", "version_id"})
#: Offerings that one run of the job takes at a time.
BATCH = 50


class ServiceDeskOffering(models.Model):
    _inherit = "service_desk.offering"

    publish_at = fields.Datetime(
        "Publish on", copy=False, tracking=True, help="It is published by itself then."
    )
    retire_at = fields.Datetime(
        "Retire on", copy=False, tracking=True, help="It can be asked for until then."
    )
    published_at = fields.Datetime("Published Since", readonly=True, copy=False)
    retired_at = fields.Datetime("Retired Since", readonly=True, copy=False)
    blocker_text = fields.Text("Still Missing", compute="_compute_blocker_text")

    _publish_due_index = models.Index("(publish_at) WHERE publish_at IS NOT NULL")
    _retire_due_index = models.Index("(retire_at) WHERE retire_at IS NOT NULL")

    @api.depends("name", "type_id", "team_id", "service_id", "state")
    @api.depends_context("lang")
    def _compute_blocker_text(self):
        for offering in self:
            is_asked = offering.state != "published" and offering._origin
            blockers = offering._publish_blockers() if is_asked else ()
            offering.blocker_text = "\n".join(blockers)

    @api.constrains("publish_at", "retire_at")
    def _check_planned(self):
        for offering in self.filtered("publish_at"):
            if offering.retire_at and offering.retire_at <= offering.publish_at:
                raise ValidationError(
                    self.env._("“%(offering)s” would retire before it is published.", offering=offering.name)
                )  # fmt: skip

    # -------------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        vals_list = list(vals_list)  # it is read twice
        states = [vals.get("state") or "draft" for vals in vals_list]
        for vals in vals_list:
            self._check_marks(vals)
        # what a remote call brings as a default is no mark either
        unmarked = {} if self.env.su else dict.fromkeys(MARKS, False)
        offerings = super().create([{**vals, **unmarked, "state": "draft"} for vals in vals_list])
        for state in set(states) - {"draft"}:
            moved = [o.id for o, wanted in zip(offerings, states, strict=True) if wanted == state]
            self.browse(moved)._move_to(state)
        offerings._plan_wake()
        return offerings

    def write(self, vals):
        self._check_marks(vals)
        state = vals.get("state")
        vals = {name: value for name, value in vals.items() if name != "state"}
        result = super().write(vals) if vals else True
        if state:
            self._move_to(state)
        if {"publish_at", "retire_at"} & vals.keys():
            self._plan_wake()
        return result

    @api.model
    def _check_marks(self, vals):
        names = MARKS & vals.keys()
        if names and not self.env.su:
            labels = sorted(self._fields[name]._description_string(self.env) for name in names)
            raise AccessError(
                self.env._(
                    "The service desk itself keeps: %(fields)s. Nobody can set it.",
                    fields=", ".join(labels),
                )
            )

    # ------------------------------------------------------------------- moves
    def action_publish(self):
        """Let people ask for the offerings from now on.

        :raises UserError: lists what is missing
        """
        self._move_to("published")

    def action_retire(self):
        """Let nobody ask for the offerings any more; their tickets keep them."""
        self._move_to("retired")

    def action_draft(self):
        """Take the offerings back to work on them; nobody can ask for them meanwhile."""
        self._move_to("draft")

    def _move_to(self, state):
        """Bring the offerings to a state of their life.

        :raises UserError: when one of them cannot be published yet; lists why
        """
        self.check_access("write")
        moved = self.filtered(lambda offering: offering.state != state)
        if state == "published":
            moved._check_publishable()
        now = fields.Datetime.now()
        marks = {
            "published": {"published_at": now, "retired_at": False, "publish_at": False},
            "retired": {"retired_at": now, "retire_at": False, "publish_at": False},
            "draft": {},
        }
        if moved:
            # sudo: marks of the desk; the right to write was asked above
            past_gate = super(ServiceDeskOffering, moved.sudo())
            past_gate.write({"state": state, **marks[state]})  # pylint: disable=super-method-mismatch
            moved._on_moved(state)

    def _on_moved(self, state):
        """Hook: the offerings of ``self`` have just come to ``state``."""

    def _check_publishable(self):
        for offering in self:
            if blockers := offering._publish_blockers():
                raise UserError(
                    self.env._(
                        "“%(offering)s” cannot be published yet:\n%(reasons)s",
                        offering=offering.name,
                        reasons="\n".join(f"– {reason}" for reason in blockers),
                    )
                )

    def _publish_blockers(self):
        """Hook: return what is missing before the offering can be published, one sentence each."""
        self.ensure_one()
        blockers = []
        offering_sudo = self.sudo()  # sudo: an owner need not see the team that works on it
        if not offering_sudo.type_id.active:
            blockers.append(self.env._("Its ticket type is archived: choose another one."))
        if not offering_sudo.service_id.active:
            blockers.append(self.env._("Its service is archived."))
        if not offering_sudo._team_for_tickets():
            blockers.append(
                self.env._("No team works on it: give one to the offering or to its service.")
            )
        if not offering_sudo.active:
            blockers.append(self.env._("It is archived."))
        return blockers

    def _team_for_tickets(self):
        """Return the team that gets the tickets, where no line of the owner says otherwise."""
        self.ensure_one()
        return self.team_id if self.team_id.active else self.service_id._team_seen()

    # ------------------------------------------------------------------- plans
    def _plan_wake(self):
        moments = [m for o in self for m in (o.publish_at, o.retire_at) if m]
        if moments:
            self.env["ir.cron"]._service_desk_wake(LIFE_CRON, min(moments))

    @api.model
    def _due_domain(self):
        now = fields.Datetime.now()
        return ["|", ("publish_at", "<=", now), ("retire_at", "<=", now)]

    @api.model
    def _cron_live(self):
        """Publish and retire what is due, once each; may be killed at any moment."""
        domain = self._due_domain()
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(domain))
        last_id = 0
        while found := self.search([*domain, ("id", ">", last_id)], order="id", limit=BATCH):
            last_id = found[-1].id
            for offering in found.try_lock_for_update():
                offering._live()
                if not self.env["ir.cron"]._commit_progress(1):
                    return
        self._wake_for_next()

    @api.model
    def _wake_for_next(self):
        for name in ("publish_at", "retire_at"):
            self.search([(name, ">", fields.Datetime.now())], order=name, limit=1)._plan_wake()

    def _live(self):
        """Do what is due for the offering; what cannot be done is told to its owner."""
        self.ensure_one()
        now = fields.Datetime.now()
        is_over = self.retire_at and self.retire_at <= now
        if is_over and self.state == "published":
            self._move_to("retired")
        elif is_over:
            self.write({"publish_at": False, "retire_at": False})
            self._message_log(body=self.env._("The time in which it should be offered is over."))
        elif self.state != "published":
            self._publish_as_planned()
        else:
            self.write({"publish_at": False})

    def _publish_as_planned(self):
        blockers = self._publish_blockers()
        if not blockers:
            self._move_to("published")
            return
        self.write({"publish_at": False})
        text = "\n".join([self.env._("It could not be published as planned:"), *blockers])
        owner = self.service_id._owner()
        if owner:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=owner.id,
                summary=self.env._("Cannot be published"),
                note=text,
            )
        else:
            self._message_log(body=text)
