"""Articles: what people read, what authors work on, and how one becomes the other."""

from . import (
    service_desk_article,
    service_desk_article_life,
    service_desk_article_version,
    service_desk_article_language,
)
