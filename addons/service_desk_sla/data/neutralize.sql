-- a copy of the database calls nobody
UPDATE service_desk_webhook SET active = false;
