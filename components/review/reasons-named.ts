import { REASON_CODES, type ReasonCode } from '@/lib/domain/reason-codes';

/** The reasons whose name, code or guideline holds every word that was typed; those whose name begins with it come first. */
export function reasonsNamed(text: string, codes: readonly ReasonCode[]): ReasonCode[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const label = (code: ReasonCode) => REASON_CODES[code].label.toLowerCase();
  const rank = (code: ReasonCode) => {
    if (words.length === 0) return 0;
    if (label(code).startsWith(words.join(' '))) return 0;
    return words.every((word) => label(code).includes(word)) ? 1 : 2;
  };
  return codes
    .filter((code) => {
      const all = `${label(code)} ${code.toLowerCase().replaceAll('_', ' ')} ${code.toLowerCase()} ${REASON_CODES[code].guideline.toLowerCase()}`;
      return words.every((word) => all.includes(word));
    })
    .toSorted((a, b) => rank(a) - rank(b));
}
