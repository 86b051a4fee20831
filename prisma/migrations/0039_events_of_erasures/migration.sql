-- The events of erasures, which every comparison of the log reads where details of an event are gone: lib/audit/lost-payloads-sql.ts.
CREATE INDEX "audit_event_of_erasure_idx" ON "console"."audit_event"("seq") WHERE action IN ('payload.erased', 'case.erased');
