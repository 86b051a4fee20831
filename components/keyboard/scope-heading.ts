import type { Scope } from '@/lib/domain/shortcuts';

/** Where the keys of a scope are obeyed, in words. */
export const SCOPE_HEADING: Record<Scope, string> = {
  everywhere: 'Everywhere',
  grid: 'List of verifications',
  list: 'Other lists',
  case: 'Case',
  clip: 'Selfie clip',
  picture: 'On a picture that has the focus',
  compare: 'Comparison, with the focus on it',
  decision: 'While deciding',
};
