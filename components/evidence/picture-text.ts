import { type FaceFacts, formatConfidence } from './face-facts';

/** More faces than this are counted here and read in the list beside the pictures. */
const NAMED_MAX = 12;

/** What a canvas shows, as one text for those who do not see it. */
export function pictureText(title: string, fileName: string, facts: FaceFacts[], page?: number): string {
  const opening = `${title}, ${fileName || 'unnamed file'}.`;
  if (page !== undefined) return `${opening} Page ${page}; no face of the record is drawn on it.`;
  if (facts.length === 0) return `${opening} The record lists no face.`;
  if (facts.length > NAMED_MAX) return `${opening} ${facts.length} faces; each is in the list of faces.`;
  const faces = facts.map((fact) => {
    const confidence = fact.face.confidence === null ? 'no confidence given' : `confidence ${formatConfidence(fact.face.confidence)}`;
    return `${fact.name}, ${confidence}${fact.drawable ? '' : ', not drawn'}`;
  });
  return `${opening} ${facts.length === 1 ? '1 face' : `${facts.length} faces`}: ${faces.join('; ')}.`;
}
