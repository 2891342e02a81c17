"""The records of the rights table of knowledge."""


def records(case):
    """Return one record for each row of ``data/rights/kb.tsv``."""
    env = case.env
    audiences = env["service_desk.audience"]
    chosen = audiences.create({"name": "rights", "reach": "internal"})
    of_b = audiences.create({"name": "rights B", "company_id": case.company_b.id})

    def article(audience, **vals):
        made = env["service_desk.article"].create(
            {"name": "rights", "draft_body": "<p>x</p>", "audience_id": audience.id, **vals}
        )
        made.action_publish()
        made._index_sudo()
        return made

    internal = article(chosen)
    desk = article(env.ref("service_desk_kb.audience_desk"))
    foreign = article(of_b, company_id=case.company_b.id)
    draft = env["service_desk.article"].create(
        {"name": "draft", "draft_body": "<p>x</p>", "owner_id": case.agent.id}
    )
    posting = env["service_desk.article.posting"].search(
        [("article_id", "=", internal.id)], limit=1
    )
    vote = env["service_desk.article.vote"].create(
        {"article_id": internal.id, "partner_id": case.customer_a.id}
    )
    log = env["service_desk.knowledge.log"].create({"text": "x", "company_id": case.company.id})
    return {
        "service_desk.audience": chosen,
        "service_desk.audience of B": of_b,
        "service_desk.readers": internal.readers_id,
        "service_desk.article": internal,
        "service_desk.article of the desk": desk,
        "service_desk.article of B": foreign,
        "service_desk.article draft of the agent": draft,
        "service_desk.article.version": internal.version_ids,
        "service_desk.article.stem": posting.stem_id,
        "service_desk.article.posting": posting,
        "service_desk.article.vote": vote,
        "service_desk.knowledge.log": log,
    }
