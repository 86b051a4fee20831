import { DEFUSED } from './csv';

/** SQL that makes of a text column what `csvText` makes of a text. */
export function csvTextSql(column: string): string {
  return `'"' || CASE WHEN ascii(${column}) IN (${DEFUSED.join(', ')}) THEN '''' ELSE '' END || replace(${column}, '"', '""') || '"'`;
}
