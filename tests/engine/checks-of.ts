import type { WireAntiSpoofing, WireFaceDetection, WireFaceMatch, WireVerification } from '@/lib/wire/record';

/** The three checks of a record, by kind; throws when it has others. */
export function checksOf(record: WireVerification): { faces: WireFaceDetection; match: WireFaceMatch; spoof: WireAntiSpoofing } {
  const [faces, match, spoof] = record.modelResults.technicalChecks;
  if (faces?.checkType !== 'face_detection' || match?.checkType !== 'face_match' || spoof?.checkType !== 'anti_spoofing') {
    throw new Error('The record has other checks than the three expected.');
  }
  return { faces, match, spoof };
}
