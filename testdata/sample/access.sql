-- Row security, grants, default privileges.

RESET SESSION AUTHORIZATION;
SET search_path = shop, extensions, public;

ALTER TABLE staff ENABLE ROW LEVEL SECURITY;
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
ALTER TABLE orders FORCE ROW LEVEL SECURITY;
CREATE POLICY own_row ON staff FOR SELECT TO sample_clerk, sample_manager USING (email = CURRENT_USER::citext);
CREATE POLICY everything ON staff AS PERMISSIVE TO sample_auditor USING (true) WITH CHECK (false);
CREATE POLICY "not at night; ""never""" ON orders AS RESTRICTIVE FOR UPDATE USING (placed_on > '2025-01-01') WITH CHECK (status <> 'new');
CREATE POLICY insert_only ON orders FOR INSERT WITH CHECK (shop_id IN (SELECT shop_id FROM shops));
COMMENT ON POLICY own_row ON staff IS 'nobody sees the others'' salaries';

GRANT USAGE ON SCHEMA shop, report TO sample_clerk, sample_auditor;
GRANT CREATE ON SCHEMA report TO sample_auditor WITH GRANT OPTION;
GRANT SELECT, INSERT ON shops TO sample_manager WITH GRANT OPTION;
GRANT SELECT (name, place), UPDATE (tags) ON shops TO sample_auditor;
GRANT SELECT ON products TO PUBLIC;
GRANT ALL ON orders, order_lines TO sample_manager;
GRANT SELECT (order_id, status), INSERT (remark), REFERENCES (order_id) ON orders TO sample_clerk WITH GRANT OPTION;
GRANT USAGE ON SEQUENCE receipt_no TO sample_clerk;
GRANT SELECT, UPDATE ON SEQUENCE countdown TO sample_auditor;
GRANT USAGE ON TYPE order_status TO sample_clerk;
REVOKE USAGE ON TYPE address FROM PUBLIC;
GRANT USAGE ON DOMAIN isbn TO sample_auditor WITH GRANT OPTION;
GRANT SELECT ON ALL TABLES IN SCHEMA report TO sample_auditor;
REVOKE ALL ON refunds FROM sample_owner;
GRANT TRIGGER, TRUNCATE ON refunds TO sample_auditor;
-- Granted by one who was granted it, column privileges too.
SET SESSION AUTHORIZATION sample_manager;
GRANT SELECT ON shop.shops TO sample_clerk WITH GRANT OPTION;
SET SESSION AUTHORIZATION sample_clerk;
GRANT SELECT ON shop.shops TO sample_auditor;
GRANT SELECT (status) ON shop.orders TO sample_auditor;
RESET SESSION AUTHORIZATION;
\if :v17
GRANT MAINTAIN ON staff TO sample_manager;
\endif

ALTER DEFAULT PRIVILEGES FOR ROLE sample_owner IN SCHEMA shop GRANT SELECT ON TABLES TO sample_auditor;
ALTER DEFAULT PRIVILEGES FOR ROLE sample_owner IN SCHEMA shop GRANT USAGE ON SEQUENCES TO sample_clerk WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES FOR ROLE sample_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE sample_manager GRANT USAGE ON TYPES TO sample_clerk;
ALTER DEFAULT PRIVILEGES FOR ROLE sample_manager GRANT USAGE ON SCHEMAS TO sample_clerk;
\if :v18
ALTER DEFAULT PRIVILEGES FOR ROLE sample_manager GRANT SELECT ON LARGE OBJECTS TO sample_auditor;
\endif
