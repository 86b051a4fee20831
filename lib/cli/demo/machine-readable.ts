import type { CardFields } from './card-fields';
import { cardTheme } from './card-theme';

const LENGTH = 44;

/**
 * Three machine-readable lines in the manner of ICAO Doc 9303, made wrong on purpose: the check digits are fillers and the
 * issuer is not a state, so no reader can take a specimen for a document.
 */
export function machineReadable(fields: CardFields): [string, string, string] {
  const filled = (text: string) => text.padEnd(LENGTH, '<').slice(0, LENGTH);
  const compact = (date: string) => date.replaceAll('-', '').slice(2);
  return [
    filled(`${cardTheme(fields.kind).code}EXA${latin(fields.number)}<<SPECIMEN`),
    filled(`${compact(fields.birthDate)}<<${compact(fields.expiryDate)}<<EXA`),
    filled(`${latin(fields.surname)}<<${latin(fields.givenNames)}`),
  ];
}

const latin = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '<');
