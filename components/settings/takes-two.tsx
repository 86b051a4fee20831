import { CHANGE_REASON_MIN } from '@/lib/domain/change/verdict';
import { LongText } from '../ui/long-text';
import { Notice } from '../ui/notice';

export interface TakesTwoProps {
  /** Why the change needs a second reviewer. */
  why: string;
  /** The reason to give them, where the form has no field of its own for it. */
  reason?: { id: string; value: string; invalid: boolean; onChange: (reason: string) => void };
}

/** Says before a change is sent that a second reviewer has to agree to it, and takes the reason they will read. */
export function TakesTwo({ why, reason }: TakesTwoProps) {
  return (
    <>
      <Notice title="A second reviewer has to agree to this.">
        {why} It is proposed now and takes effect once another manager or administrator agrees. Where nobody else holds that right, it takes
        effect after 72 hours, and every screen announces it until then.
      </Notice>
      {reason && (
        <label htmlFor={reason.id} className="grid gap-1">
          Reason for the second reviewer, at least {CHANGE_REASON_MIN} characters
          <LongText
            id={reason.id}
            value={reason.value}
            rows={2}
            max={2000}
            onChange={reason.onChange}
            aria-invalid={reason.invalid || undefined}
            className="field-sizing-content"
          />
        </label>
      )}
    </>
  );
}
