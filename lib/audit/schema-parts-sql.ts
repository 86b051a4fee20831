/**
 * SQL for what the schema `console` consists of besides its columns: functions, triggers, constraints and tables, each as `kind`, `name` and
 * the `sha256` of what defines it. It needs a search_path of pg_catalog alone, so that names are written out alike everywhere.
 *
 * What differs between installations of the same migrations is left out: the collation that migration 0028 chooses, NOT NULL (a constraint
 * since PostgreSQL 18), and whether a trigger that fires in an ordinary session also fires in a replica's.
 */
export const SCHEMA_PARTS_SQL = `
SELECT kind, name, encode(sha256(convert_to(text, 'UTF8')), 'hex') AS sha256 FROM (
  SELECT 'function' AS kind, p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' AS name,
    concat_ws(E'\\n', l.lanname, p.prokind, p.prosecdef, p.proisstrict, p.provolatile, array_to_string(p.proconfig, ','),
      pg_get_function_result(p.oid), p.prosrc, regexp_replace(pg_get_function_sqlbody(p.oid), 'COLLATE [^ ,()]+', 'COLLATE', 'g')) AS text
  FROM pg_proc AS p JOIN pg_language AS l ON l.oid = p.prolang WHERE p.pronamespace = 'console'::regnamespace
  UNION ALL
  SELECT 'trigger', c.relname || '.' || t.tgname, concat_ws(E'\\n', t.tgenabled IN ('O', 'A'), pg_get_triggerdef(t.oid))
  FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid WHERE c.relnamespace = 'console'::regnamespace AND NOT t.tgisinternal
  UNION ALL
  SELECT 'constraint', c.relname || '.' || k.conname, concat_ws(E'\\n', k.contype, pg_get_constraintdef(k.oid),
    (SELECT bool_and(t.tgenabled IN ('O', 'A')) FROM pg_trigger AS t WHERE t.tgconstraint = k.oid AND t.tgisinternal))
  FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid
  WHERE c.relnamespace = 'console'::regnamespace AND k.contype IN ('c', 'f', 'p', 'u', 'x')
  UNION ALL
  SELECT 'table', c.relname, concat_ws(E'\\n', c.relkind, c.relrowsecurity, c.relforcerowsecurity,
    (SELECT string_agg(concat_ws(' ', r.rulename, r.ev_enabled, pg_get_ruledef(r.oid)), E'\\n' ORDER BY r.rulename) FROM pg_rewrite AS r WHERE r.ev_class = c.oid),
    (SELECT string_agg(i.inhparent::regclass::text, ',' ORDER BY i.inhseqno) FROM pg_inherits AS i WHERE i.inhrelid = c.oid))
  FROM pg_class AS c WHERE c.relnamespace = 'console'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
) AS parts
WHERE name NOT LIKE '\\_prisma\\_migrations%'
ORDER BY kind COLLATE "C", name COLLATE "C"`;
