-- The roles that the sample databases' owners and grants name. Run it once per
-- server, as a superuser, before restoring the archives; without it they
-- restore too, with an error for each owner and grant.

CREATE ROLE sample_owner;
CREATE ROLE sample_manager;
CREATE ROLE sample_clerk;
CREATE ROLE sample_auditor;
CREATE ROLE "sample Büro ""7""";

COMMENT ON ROLE sample_owner IS 'Owns the sample database';
GRANT sample_clerk TO sample_manager;
