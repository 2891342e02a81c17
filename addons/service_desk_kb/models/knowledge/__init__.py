"""The door to knowledge: what screens, mails and portals ask; plain data of what the person may read only."""

from . import (
    service_desk_knowledge,
    service_desk_knowledge_log,
    service_desk_article_vote,
)
