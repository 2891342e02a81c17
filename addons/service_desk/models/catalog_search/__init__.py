"""Search of the catalog by people's own words, and what it learns from what they chose."""

from . import (
    service_desk_synonym,
    service_desk_catalog_term,
    service_desk_catalog_miss,
    service_desk_catalog_search,
    service_desk_catalog_learn,
    service_desk_catalog_index,
    service_desk_catalog_door,
    service_desk_offering,
    service_desk_service,
    service_desk_form,
)
