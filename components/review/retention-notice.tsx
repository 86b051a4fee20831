import { LocalTime } from '../ui/local-time';
import { Notice } from '../ui/notice';
import type { CaseRetention } from './case-data';
import { Section } from './section';

/** How long the case is kept, that it must be kept, or that it was erased. Nothing while its clock does not run. */
export function RetentionNotice({ retention: { dueAt, hold, erased } }: { retention: CaseRetention }) {
  if (dueAt === null && !hold && !erased) return null;
  return (
    <Section title="Retention">
      <div className="grid gap-1.5">
        {hold && (
          <Notice tone="warn" title="Under legal hold">
            {hold.reason} ({hold.byName}, <LocalTime at={hold.at} />)
          </Notice>
        )}
        {erased && (
          <Notice title="What people wrote here was erased">
            <LocalTime at={erased.at} />, by {erased.byName},{' '}
            {erased.rule === 'RETENTION'
              ? `because its ${erased.retentionDays.toLocaleString('en-GB')} days were over`
              : `at a request: ${erased.reason}`}{' '}
            (policy {erased.policyVersion}).
          </Notice>
        )}
        {dueAt !== null && !erased && (
          <p className="text-muted">
            Kept until <LocalTime at={dueAt} />.
          </p>
        )}
      </div>
    </Section>
  );
}
