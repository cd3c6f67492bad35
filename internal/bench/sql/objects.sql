-- :n large objects of 100 to 1,100 bytes, a thousand a transaction.
CREATE PROCEDURE make_objects (n integer) LANGUAGE plpgsql AS $$
BEGIN
    FOR i IN 1..n LOOP
        PERFORM lo_from_bytea(0, convert_to(repeat(md5(i::text), 3 + i % 32), 'UTF8'));
        IF i % 1000 = 0 THEN
            COMMIT;
        END IF;
    END LOOP;
END $$;
CALL make_objects(:n);
DROP PROCEDURE make_objects;
