import { ACTIVE_KINDS, KIND_FACTS } from '@/lib/domain/file-kind';
import type { FileFacts } from './file-facts';

/** "It is a PDF document; it is said to be image/jpeg." What a file is by its own bytes, and whether somebody said otherwise. */
export function kindSentence({ kind, claimedType }: Pick<FileFacts, 'kind' | 'claimedType'>): string {
  const { words } = KIND_FACTS[kind];
  const wrong = sentAsSomethingElse({ kind, claimedType }) ? `; it is said to be ${claimedType}` : '';
  return `It is ${words}${wrong}.`;
}

/** Whether somebody named another type than the bytes are. */
export function sentAsSomethingElse({ kind, claimedType }: Pick<FileFacts, 'kind' | 'claimedType'>): boolean {
  const { mediaType } = KIND_FACTS[kind];
  return claimedType !== '' && mediaType !== null && claimedType !== mediaType;
}

/** What is odd about a file although it can be shown, one sentence each. */
export function oddities(about: FileFacts): string[] {
  return [
    about.keptAt && `A copy kept on ${about.keptAt.slice(0, 10)}: the verification service does not deliver the file.`,
    about.cutOff && 'The file is cut off: part of the picture is missing.',
    sentAsSomethingElse(about) && `Said to be ${about.claimedType}, but it is ${KIND_FACTS[about.kind].words}.`,
  ].filter((sentence): sentence is string => Boolean(sentence));
}

/** What to know before saving such a file, or null. */
export function savingRisk({ kind }: Pick<FileFacts, 'kind'>): string | null {
  return ACTIVE_KINDS.includes(kind) ? 'Opened in a browser it may act; look at it in a text editor.' : null;
}
