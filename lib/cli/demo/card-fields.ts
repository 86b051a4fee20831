import type { DocumentKind } from './card-theme';

/** What is printed on a card. */
export interface CardFields {
  kind: DocumentKind;
  surname: string;
  givenNames: string;
  /** Dates as YYYY-MM-DD. */
  birthDate: string;
  expiryDate: string;
  number: string;
}
