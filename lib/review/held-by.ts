import { Refusal } from '@/lib/domain/refusal';
import type { Claim } from '@/lib/domain/review';

/** Somebody else works on the case. What to do about it is the reviewer's: wait, or have a manager take it over. */
export function heldBy({ holderName, expiresAt }: Claim): Refusal {
  return new Refusal('claimed', `${holderName} works on this case. Wait until the claim ends, or ask a manager to take it over.`, {
    details: { holderName, expiresAt },
  });
}
