import { type FileKind, KIND_FACTS } from './file-kind';

/**
 * Why the verification service did not deliver the file a record names, as it is stored: `http-404`, `timeout`, `unreachable`,
 * `broke-off`, `kind-html` for bytes of another kind, `length-512-48211` for 512 bytes in place of 48211.
 */
export type EvidenceProblem = string;

export const TIMEOUT: EvidenceProblem = 'timeout';
export const UNREACHABLE: EvidenceProblem = 'unreachable';
export const BROKE_OFF: EvidenceProblem = 'broke-off';
export const UNREADABLE: EvidenceProblem = 'unreadable';
export const TOO_LARGE: EvidenceProblem = 'too-large';
export const httpProblem = (status: number): EvidenceProblem => `http-${status}`;
export const kindProblem = (kind: FileKind): EvidenceProblem => `kind-${kind}`;
export const lengthProblem = (bytes: number, stated: number): EvidenceProblem => `length-${bytes}-${stated}`;

const WORDS: Record<string, string> = {
  [TIMEOUT]: 'The verification service did not answer in time.',
  [UNREACHABLE]: 'The verification service could not be reached.',
  [BROKE_OFF]: 'The verification service broke off before the end of the file.',
  [UNREADABLE]: 'The verification service answered in a way that cannot be read.',
  [TOO_LARGE]: 'The verification service sent more bytes than a file may have.',
};

/** Returns true when whole bytes of a plausible kind came, but not as many as the record states: another file in its place. */
export function isOtherLength(problem: EvidenceProblem | null): boolean {
  return problem?.startsWith('length-') ?? false;
}

/** Returns the problem as one sentence. */
export function problemSentence(problem: EvidenceProblem): string {
  const status = /^http-(\d+)$/.exec(problem)?.[1];
  if (status) return `The verification service returned HTTP ${status} for the file.`;
  const length = /^length-(\d+)-(\d+)$/.exec(problem);
  if (length) return `The verification service sent ${grouped(length[1])} bytes; the record states ${grouped(length[2])}.`;
  const kind = Object.keys(KIND_FACTS).find((name): name is FileKind => problem === `kind-${name}`);
  if (kind === 'empty') return 'The verification service sent no bytes. The file is empty.';
  if (kind) return `The verification service sent ${KIND_FACTS[kind].words} in place of the file.`;
  return WORDS[problem] ?? 'The verification service did not deliver the file.';
}

const grouped = (digits = '0') => Number(digits).toLocaleString('en-GB');
