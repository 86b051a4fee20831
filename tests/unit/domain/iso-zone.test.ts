import { describe, expect, it } from 'vitest';
import { findingsOf } from '@/lib/domain/finding';
import { clockSentence } from '@/lib/domain/iso-zone';
import { adaptVerification } from '@/lib/upstream/adapt';
import sample from '../../fixtures/upstream/sample.json';

const HOUR = 3_600;
const at = 1_700_000_000;
const times = (hours: number, suffix = '', id = 1) => {
  const timestampISO = new Date((at + hours * HOUR) * 1000).toISOString().slice(0, 19) + suffix;
  return adaptVerification({ ...sample.result, verificationId: id, timestamp: at, timestampISO });
};

describe('the clock of a verification API', () => {
  it('that writes its local time without a zone is named once, as normal, and marks no record', () => {
    const records = [times(2), times(2), times(1), times(5.75)];
    expect(clockSentence(records)).toBe(
      'timestampISO names no zone and reads +1 h or +2 h or +5.75 h from UTC in 4 of the 4 newest records. This is normal: the service writes its local time there. The console uses timestamp, so no record is marked for it.',
    );
    expect(records.flatMap(findingsOf).filter(({ kind }) => kind === 'timestamp-disagreement')).toEqual([]);
  });

  it('that is in UTC, or names its zone, says so, and a difference that is no zone is counted', () => {
    expect(clockSentence([times(0), times(0, 'Z')])).toBe('timestampISO and timestamp name the same moment.');
    expect(clockSentence([times(-8), times(0.1), times(40)])).toBe(
      'timestampISO names no zone and reads −8 h from UTC in 1 of the 3 newest records. This is normal: the service writes its local time there. The console uses timestamp, so no record is marked for it. In 2 of 3 records the two differ otherwise; each of these has the finding “times disagree”.',
    );
    expect(clockSentence([adaptVerification({ verificationId: 1 })])).toBeNull();
  });
});
