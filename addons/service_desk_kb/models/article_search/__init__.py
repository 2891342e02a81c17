"""Finding articles: an inverted index in the database, and how a question is read."""

from . import (
    service_desk_article_stem,
    service_desk_article_index,
    service_desk_article_search,
)
