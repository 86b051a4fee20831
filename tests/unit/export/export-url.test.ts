import { expect, test } from 'vitest';
import { exportHref, otherFilters, readExportForm, withField, withKind } from '@/components/export/export-url';
import { parseAuditLogQuery, parsePopulationQuery } from '@/lib/domain/export-query';

const form = (query: string) => readExportForm(new URLSearchParams(query));

test('the address of a list is the form, and the form writes the same address', () => {
  const given = form('kind=population&result=NOT_VERIFIED&tag=a%3D1&tag=b%3D2&customer=9');
  expect(otherFilters(given)).toEqual([
    ['result', 'NOT_VERIFIED'],
    ['tag', 'a=1'],
    ['tag', 'b=2'],
  ]);
  expect(exportHref(given)).toBe('/audit/exports?kind=population&format=csv&result=NOT_VERIFIED&tag=a%3D1&tag=b%3D2&customer=9');
  expect(exportHref(withField(given, 'customer', ''))).not.toContain('customer');
});

test('another kind keeps what it understands and nothing it would refuse', () => {
  const log = withKind(form('kind=population&from=2026-01-01&result=VERIFIED&outcome=APPROVED'), 'audit-log');
  expect(log.filter.toString()).toBe('from=2026-01-01&outcome=APPROVED');
  expect(parseAuditLogQuery(log.filter)).toMatchObject({ outcome: 'APPROVED', from: '2026-01-01' });
  expect(withKind(log, 'case-pack')).toMatchObject({ format: 'pack' });
});

test('a population is narrowed by customer, outcome and the day of the decision besides what the index knows', () => {
  const filter = parsePopulationQuery(new URLSearchParams('customer=9&outcome=DECLINED&decidedTo=2026-01-31&state=RESOLVED'));
  expect(filter).toMatchObject({ tags: [{ name: 'customerId', value: '9' }], outcome: 'DECLINED', states: ['RESOLVED'] });
  expect(filter.decided).toEqual({ from: null, to: '2026-01-31' });
  expect(() => parsePopulationQuery(new URLSearchParams('decidedFrom=soon'))).toThrow(/decidedFrom must be a day/);
});
