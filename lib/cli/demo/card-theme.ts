export type DocumentKind = 'identity' | 'licence' | 'residence' | 'passport';

export interface CardTheme {
  title: string;
  /** Two letters that open the machine-readable lines. */
  code: string;
  ink: string;
  band: string;
  accent: string;
  paper: [from: string, to: string];
}

const THEMES: Record<DocumentKind, CardTheme> = {
  identity: { title: 'IDENTITY CARD', code: 'I<', ink: '#1c2b46', band: '#27517d', accent: '#1d4f86', paper: ['#dcebf5', '#f4e9dc'] },
  licence: { title: 'DRIVING LICENCE', code: 'D<', ink: '#3a2233', band: '#8c3d5c', accent: '#8a2f55', paper: ['#f7dfe6', '#f3ecd8'] },
  residence: { title: 'RESIDENCE PERMIT', code: 'AR', ink: '#1d3329', band: '#2f6d56', accent: '#1f6a50', paper: ['#dcefe3', '#f1edd6'] },
  passport: { title: 'PASSPORT CARD', code: 'P<', ink: '#2b2745', band: '#4a3f7a', accent: '#4a3c8a', paper: ['#e4e1f4', '#f2e8e4'] },
};

/** Wording and colours of a kind of document. */
export const cardTheme = (kind: DocumentKind): CardTheme => THEMES[kind];
