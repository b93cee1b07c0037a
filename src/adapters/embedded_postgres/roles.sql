-- The database and the four roles of Brain LMS. PostgreSQL 17 or newer.
--
-- The embedded server runs this file at every start. With a server of your own, run it once, and again after
-- upgrading Brain LMS or to change a password, with psql as a superuser:
--
--   LMS_OWNER_PASSWORD=... LMS_APP_PASSWORD=... LMS_SYSTEM_PASSWORD=... \
--     psql --no-psqlrc --host db.example.org --username postgres --dbname postgres --file roles.sql
--
-- Passwords come from the environment, so that no process list shows them. Leave one out and that role keeps the
-- password it has. Everything here may be run again and again.

\set ON_ERROR_STOP on
\getenv owner_password LMS_OWNER_PASSWORD
\getenv app_password LMS_APP_PASSWORD
\getenv system_password LMS_SYSTEM_PASSWORD

BEGIN;

SELECT format('CREATE ROLE %I', wanted.name)
FROM (VALUES ('lms_owner'), ('lms_app'), ('lms_system'), ('lms_search')) AS wanted (name)
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted.name)
\gexec

-- Owns the database and its tables: migrations and backups only. It bypasses row-level security because FORCE ROW
-- LEVEL SECURITY hides every row from the owner too, and data migrations and pg_dump must see them.
ALTER ROLE lms_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION BYPASSRLS;
ALTER ROLE lms_owner RESET ALL;
ALTER ROLE lms_owner SET jit = off;

-- Serves schools: every query runs under row-level security, and owns nothing that it could change the rules of.
ALTER ROLE lms_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE lms_app RESET ALL;
ALTER ROLE lms_app SET statement_timeout = '5s';
ALTER ROLE lms_app SET idle_in_transaction_session_timeout = '10s';
ALTER ROLE lms_app SET lock_timeout = '2s';
ALTER ROLE lms_app SET row_security = on;
ALTER ROLE lms_app SET jit = off;

-- Works across schools: outbox relay, sweeper, the platform's own screens.
ALTER ROLE lms_system LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION BYPASSRLS;
ALTER ROLE lms_system RESET ALL;
ALTER ROLE lms_system SET statement_timeout = '30s';
ALTER ROLE lms_system SET jit = off;

-- Owns one function, which searches transcripts of one school, and may read the few columns that it needs: an index
-- of words is not used under row-level security. Nobody signs in as it, and lms_owner may only hand the function over.
ALTER ROLE lms_search NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION BYPASSRLS;
ALTER ROLE lms_search RESET ALL;
GRANT lms_search TO lms_owner WITH ADMIN FALSE, INHERIT FALSE, SET TRUE;

\if :{?owner_password}
ALTER ROLE lms_owner PASSWORD :'owner_password';
\endif
\if :{?app_password}
ALTER ROLE lms_app PASSWORD :'app_password';
\endif
\if :{?system_password}
ALTER ROLE lms_system PASSWORD :'system_password';
\endif

COMMIT;

-- Text sorts by code point and folds case by Unicode, the same on every machine; ICU is not needed.
SELECT 'CREATE DATABASE lms OWNER lms_owner TEMPLATE template0 ENCODING ''UTF8'' '
    'LOCALE ''C'' LOCALE_PROVIDER builtin BUILTIN_LOCALE ''C.UTF-8'''
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'lms')
\gexec

\connect lms

BEGIN;

ALTER DATABASE lms OWNER TO lms_owner;
REVOKE ALL ON DATABASE lms FROM PUBLIC;
GRANT CONNECT ON DATABASE lms TO lms_app, lms_system;

-- Migrations grant what each role may do with each table; nobody but the owner makes anything.
ALTER SCHEMA public OWNER TO lms_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO lms_app, lms_system, lms_search;

COMMIT;
