import type { CompareSide } from './compare-side';

/** The face that is compared; where a picture has several, a choice among them. */
export function FacePicker({
  side: { faces, chosen },
  label,
  onPick,
}: {
  side: CompareSide;
  label: string;
  onPick: (key: string) => void;
}) {
  if (faces.length < 2 || !chosen) return <>{chosen?.name}</>;
  return (
    <select
      aria-label={label}
      value={chosen.key}
      onChange={(event) => onPick(event.target.value)}
      className="-ml-1 h-7 max-w-44 rounded-md border border-line-strong bg-surface px-1 max-md:max-w-32"
    >
      {faces.map(({ key, name, fact }) => (
        <option key={key} value={key}>
          {name}
          {fact.main ? '' : fact.name.replace(/^.*?,/, ',')}
        </option>
      ))}
    </select>
  );
}
