import { describe, expect, test } from 'vitest';
import { readStoredEvent } from '@/lib/audit/stored-event';

const row = {
  seq: 7n,
  at: new Date(1_700_000_000_000),
  actorId: 'u1',
  actorName: 'Ana',
  actorRole: 'analyst',
  action: 'evidence.viewed',
  subject: 'verification:5',
  payload: { data: '{"data":{"file":"v_id_5_passport.jpg"},"origin":{"ip":"192.0.2.7","requestId":"r1","userAgent":null}}' },
};

describe('a stored event', () => {
  test('is read without where it came from: colleagues’ addresses are not for every screen', () => {
    expect(readStoredEvent(row)).toEqual({
      seq: 7,
      at: 1_700_000_000_000,
      actorId: 'u1',
      actorName: 'Ana',
      actorRole: 'analyst',
      action: 'evidence.viewed',
      subject: 'verification:5',
      data: { file: 'v_id_5_passport.jpg' },
    });
  });

  test('keeps who, what and when after its payload was erased', () => {
    expect(readStoredEvent({ ...row, payload: null })).toMatchObject({ seq: 7, actorName: 'Ana', action: 'evidence.viewed', data: null });
  });

  test.each([{ action: 'evidence.burned' }, { payload: { data: '{"data":{"file":5}}' } }, { payload: { data: '{}' } }])(
    'that nobody here could have written is a fault: %j',
    (change) => {
      expect(() => readStoredEvent({ ...row, ...change })).toThrow('Audit event 7');
    },
  );
});
