-- Exports of the population and of the audit log also come as a workbook of Excel.
ALTER TABLE console.export
  DROP CONSTRAINT "export_format_is_known",
  ADD CONSTRAINT "export_format_is_known" CHECK (format IN ('csv', 'xlsx', 'jsonl', 'pack'));
