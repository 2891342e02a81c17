"""The desk's mail seen from outside: a real Dovecot, a real SMTP sink, real Odoo server processes."""
