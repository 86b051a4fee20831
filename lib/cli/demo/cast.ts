import type { CardFields } from './card-fields';
import type { DocumentKind } from './card-theme';
import { personOf } from './person';
import { randomOf } from './random';

/** Who appears in the demo records: seed of the drawn person, names on their card, kind of card. Nobody here exists. */
const CAST: readonly [seed: number, surname: string, givenNames: string, kind: DocumentKind][] = [
  [4, 'Tanabe', 'Mio', 'residence'],
  [6, 'Castellan', 'Inés', 'identity'],
  [7, 'Adeyemo', 'Tobias', 'passport'],
  [8, 'Lindqvist', 'Maren', 'identity'],
  [10, 'Moreira', 'Duarte', 'licence'],
  [11, 'Novák', 'Ondřej', 'identity'],
  [13, 'Okonjo', 'Zuri', 'passport'],
  [14, 'Haddad', 'Karim', 'residence'],
  [15, 'Brandt', 'Jonas', 'licence'],
  [16, 'Sarrazin', 'Élodie', 'identity'],
  [17, 'Ferreira', 'Caio', 'identity'],
  [19, 'Mensah', 'Abena', 'residence'],
  [21, 'Kim', 'Seo-yun', 'passport'],
  [22, 'Batista', 'Renan', 'identity'],
  [23, 'Diallo', 'Aminata', 'licence'],
  [24, 'Keller', 'Matthias', 'identity'],
  [27, 'Villanueva', 'Rosario', 'identity'],
  [28, 'Teixeira', 'Hugo', 'residence'],
  [29, 'Papadaki', 'Eleni', 'passport'],
  [30, 'Marchetti', 'Giulia', 'licence'],
  [31, 'Virtanen', 'Aino', 'identity'],
  [33, 'Rahman', 'Nadia', 'residence'],
  [39, 'Okafor', 'Daniel', 'identity'],
  [40, 'Ortega', 'Lucía', 'licence'],
  [42, 'Mbeki', 'Sipho', 'passport'],
  [43, 'Silva', 'André', 'identity'],
  [46, 'Jansen', 'Pieter', 'licence'],
  [48, 'Quispe', 'Illari', 'identity'],
  [49, 'Byrne', 'Cormac', 'passport'],
  [53, 'Nair', 'Arjun', 'residence'],
  [54, 'Zhang', 'Wenling', 'passport'],
  [55, 'Dubois', 'Camille', 'identity'],
  [56, 'Hosseini', 'Reza', 'residence'],
  [58, 'Costa', 'Tiago', 'identity'],
  [59, 'Gallagher', 'Niamh', 'licence'],
  [61, 'Fernando', 'Ishara', 'identity'],
  [63, 'Vargas', 'Emilio', 'identity'],
  [65, 'Nowak', 'Bartosz', 'licence'],
  [66, 'Asante', 'Kwame', 'passport'],
  [68, 'Rossi', 'Chiara', 'identity'],
  [69, 'Demir', 'Emre', 'residence'],
  [71, 'Suleiman', 'Hana', 'residence'],
  [74, 'Kamau', 'Brian', 'licence'],
  [76, 'Fontaine', 'Margaux', 'identity'],
  [78, 'Yusuf', 'Salma', 'passport'],
];

/** Seeds of everybody in the cast. */
export const castSeeds: readonly number[] = CAST.map(([seed]) => seed);

/** What is printed on the card of a member of the cast. Throws when the seed is not in it. */
export function cardOf(seed: number): CardFields {
  const member = CAST.find(([candidate]) => candidate === seed);
  if (!member) throw new Error(`Nobody in the cast has the seed ${seed}.`);
  const [, surname, givenNames, kind] = member;
  const random = randomOf(seed + 4000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const day = () => `${two(random.between(1, 13))}-${two(random.between(1, 29))}`;
  const born = 2003 - Math.round(personOf(seed).age * 45);
  const number = `X${Math.floor(random.between(10_000_000, 99_999_999))}`;
  return {
    kind,
    surname,
    givenNames,
    birthDate: `${born}-${day()}`,
    expiryDate: `${Math.floor(random.between(2028, 2036))}-${day()}`,
    number,
  };
}
