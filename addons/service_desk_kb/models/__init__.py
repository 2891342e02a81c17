from . import audience, article, article_search, knowledge
