import { isEnter } from '../keyboard/composing';

const LOOK = 'h-8 rounded-md border border-line-strong bg-bg px-2 text-sm text-text';
const LABEL = 'grid gap-0.5 text-muted text-xs max-sm:w-full';

interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** A text that counts once the field is left or Enter is pressed. */
export function TextField({ label, value, onChange, placeholder }: FieldProps & { placeholder?: string }) {
  return (
    <label className={LABEL}>
      {label}
      <input
        key={value}
        defaultValue={value}
        placeholder={placeholder}
        onBlur={({ target }) => {
          if (target.value.trim() !== value) onChange(target.value.trim());
          if (value === '' && target.value.includes('=')) target.value = '';
        }}
        onKeyDown={(event) => isEnter(event) && event.currentTarget.blur()}
        className={`${LOOK} w-36 max-sm:w-full`}
      />
    </label>
  );
}

export function SelectField({
  label,
  value,
  onChange,
  any,
  options,
}: FieldProps & { any?: string; options: (readonly [value: string, label: string])[] }) {
  return (
    <label className={LABEL}>
      {label}
      <select
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className={`${LOOK} max-w-56 max-sm:w-full max-sm:max-w-full`}
      >
        {any !== undefined && <option value="">{any}</option>}
        {value !== '' && !options.some(([known]) => known === value) && <option value={value}>{value}</option>}
        {options.map(([known, text]) => (
          <option key={known} value={known}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
