import { ROLES, type Role } from '@/lib/domain/roles';
import type { MaskingRules } from '@/lib/domain/viewing';
import { Check } from './check';

/** The rules of masking as a form keeps them: plain values that a draft can hold. */
export interface MaskingValues {
  /** Roles, parted by blanks. */
  maskedRoles: string;
  blurPx: string;
  greyscale: boolean;
  watermark: boolean;
}

export interface MaskingFieldsProps {
  values: MaskingValues;
  /** The member of the rules that was refused. */
  problemField: string | undefined;
  onChange: (change: Partial<MaskingValues>) => void;
}

/** For whom pictures of people are blurred, and how they are shown. */
export function MaskingFields({ values, problemField, onChange }: MaskingFieldsProps) {
  const masked = maskedIn(values);
  const toggle = (role: Role, on: boolean) =>
    onChange({ maskedRoles: ROLES.filter((other) => (other === role ? on : masked.includes(other))).join(' ') });
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 font-semibold">Pictures of people</legend>
      <fieldset aria-label="Blurred until revealed for" className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span aria-hidden="true" className="w-40">
          Blurred until revealed for
        </span>
        {ROLES.map((role) => (
          <Check key={role} label={role} checked={masked.includes(role)} onChange={(on) => toggle(role, on)} />
        ))}
      </fieldset>
      <label className="flex flex-wrap items-center gap-2">
        <span className="w-40">Blur strength</span>
        <input
          inputMode="numeric"
          value={values.blurPx}
          onChange={({ target }) => onChange({ blurPx: target.value })}
          aria-invalid={problemField === 'blurPx' || undefined}
          className="h-8 w-20 rounded-md border border-line-strong bg-bg px-2 text-right font-mono aria-invalid:border-bad"
        />
        <span className="text-muted">pixels, unless a reviewer chose another strength</span>
      </label>
      <Check
        label="Greyscale, unless a reviewer chose colour"
        checked={values.greyscale}
        onChange={(greyscale) => onChange({ greyscale })}
      />
      <Check
        label="Watermark with the name of the viewer and the time"
        checked={values.watermark}
        onChange={(watermark) => onChange({ watermark })}
      />
    </fieldset>
  );
}

/** The rules as the form begins with them. */
export function maskingValues({ roles, blurPx, greyscale, watermark }: MaskingRules): MaskingValues {
  return { maskedRoles: roles.join(' '), blurPx: String(blurPx), greyscale, watermark };
}

/** What the form says, not yet checked: a strength that is no number is NaN. */
export function maskingOf(values: MaskingValues): MaskingRules {
  const blurPx = values.blurPx.trim() === '' ? Number.NaN : Number(values.blurPx);
  return { roles: maskedIn(values), blurPx, greyscale: values.greyscale, watermark: values.watermark };
}

function maskedIn({ maskedRoles }: MaskingValues): Role[] {
  const named = maskedRoles.split(' ');
  return ROLES.filter((role) => named.includes(role));
}
