import { memo } from 'react';
import type { CompareSide } from './compare-side';

export interface FacePickerProps {
  category: 'id' | 'face';
  side: CompareSide;
  /** The same function at every rendering: a picture may have a thousand faces to choose from. */
  pick: (category: 'id' | 'face', key: string) => void;
}

/** The face that is compared; where a picture has several, a choice among them. */
export const FacePicker = memo(function FacePicker({ category, side: { faces, chosen }, pick }: FacePickerProps) {
  if (faces.length < 2 || !chosen) return <>{chosen?.name}</>;
  return (
    <select
      aria-label={category === 'id' ? 'Face of the ID' : 'Face of the selfie'}
      value={chosen.key}
      onChange={(event) => pick(category, event.target.value)}
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
});
