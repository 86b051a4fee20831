import type { FindingKind } from '@/lib/domain/finding';

/** What each kind of finding is called where no record says more. */
export const FINDING_LABEL: Record<FindingKind, string> = {
  contradiction: 'contradiction',
  'face-count-mismatch': 'face count differs',
  'no-face-on-id': 'no face on ID',
  'no-face-on-selfie': 'no face on selfie',
  'several-selfie-faces': 'several selfie faces',
  'ghost-portrait': 'ghost portrait',
  'low-confidence': 'uncertain face',
  'small-face': 'small face',
  'box-unusable': 'odd box',
  'landmarks-missing': 'landmarks missing',
  'several-tag-values': 'several values of a tag',
  'unknown-check': 'unknown check',
  'timestamp-disagreement': 'times disagree',
  'missing-file': 'missing file',
  drift: 'evidence mismatch',
  'file-missing': 'file lost',
  'record-changed': 'record changed after decision',
};
