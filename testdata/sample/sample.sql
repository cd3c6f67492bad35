-- Makes the sample database: a chain of bookshops with about every kind of
-- object that pg_dump knows. Run it with psql, as a superuser, after roles.sql,
-- in an empty UTF8 database, on PostgreSQL 13 or later:
--
--     psql -X -f roles.sql postgres
--     createdb -T template0 -O sample_owner sample
--     psql -X -f sample.sql sample
--
-- The content is the same on every run: no clock, no randomness.

\set ON_ERROR_STOP on
SET client_min_messages = warning;
SET timezone = 'UTC';

SELECT current_setting('server_version_num')::int >= 140000 AS v14,
       current_setting('server_version_num')::int >= 150000 AS v15,
       current_setting('server_version_num')::int >= 170000 AS v17,
       current_setting('server_version_num')::int >= 180000 AS v18,
       EXISTS (SELECT FROM pg_collation WHERE collprovider = 'i') AS icu,
       current_database() AS db
\gset

\ir types.sql
\ir tables.sql
\ir data.sql
\ir code.sql
\ir access.sql
\ir names.sql

ANALYZE;
