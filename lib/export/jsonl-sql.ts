const hex = (column: string) => `encode(${column}, 'hex')`;

/** The moment of an event as the chain's format writes it. */
export const AT_SQL = `to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const LINK = `'{"seq":' || e.seq || ',"at":"' || ${AT_SQL} || '","actorId":' || to_json(e.actor_id) || ',"actorName":' || to_json(e.actor_name)
  || ',"actorRole":"' || e.actor_role || '","action":"' || e.action || '","subject":' || to_json(e.subject)
  || ',"payloadHash":"' || ${hex('e.payload_hash')} || '","prevHash":"' || ${hex('e.prev_hash')} || '","hash":"' || ${hex('e.hash')} || '"'`;

/** SQL of a line of `audit-links.jsonl`, of `e`, a row of console.audit_event. Role and action are words without anything to escape. */
export const LINK_LINE_SQL = `${LINK} || E'}\\n'`;

/** SQL of a line of `audit-log.jsonl`, of `e` and `p`, its row of console.audit_payload. */
export const EVENT_LINE_SQL = `${LINK} || CASE WHEN p.seq IS NULL THEN E',"salt":null,"data":null}\\n'
  ELSE ',"salt":"' || ${hex('p.salt')} || '","data":' || to_json(p.data) || E'}\\n' END`;
