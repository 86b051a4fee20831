import type { DocumentKind } from './card-theme';
import { cardOf, castSeeds } from './cast';
import { idFileName, selfieFileName } from './file-name';
import { type Random, randomOf } from './random';
import { stage } from './stage';
import type { Scenario, ScenarioKind } from './staging';
import { tagsOf } from './tags';

const PLAN: readonly [kind: ScenarioKind, count: number][] = [
  ['match', 73],
  ['lookalike', 2],
  ['mismatch', 13],
  ['no-face-on-id', 6],
  ['no-face-on-selfie', 6],
  ['several-faces', 7],
  ['small', 6],
  ['rotated', 8],
  ['spoof', 9],
  ['low-quality', 8],
];

/** Card holder and somebody else, least alike of the cast to the matching model (cosine under 0.31 as drawn). */
const UNLIKE: readonly [number, number][] = [
  [14, 19],
  [27, 7],
  [74, 58],
  [55, 42],
  [71, 48],
  [4, 69],
  [48, 15],
  [69, 54],
  [23, 24],
  [15, 23],
  [21, 66],
  [39, 28],
  [19, 14],
];

/** Two people the model takes for one (0.8 and more): what an analyst is there to notice. */
const ALIKE: readonly [number, number][] = [
  [31, 65],
  [30, 40],
];

/** Every demo record's staging, the same on every machine. Pure. */
export function scenarios(): Scenario[] {
  const random = randomOf(20_260);
  const kinds = shuffled(
    PLAN.flatMap(([kind, count]) => Array.from({ length: count }, (_, index) => ({ kind, index }))),
    random,
  );
  const attempts = new Map<number, number>();
  return kinds.map(({ kind, index }, position) => {
    const [holder, presenter] = peopleOf(kind, index, position);
    const staged = stage(kind, index, randomOf(position + 900));
    const attempt = (attempts.get(holder) ?? 0) + 1;
    attempts.set(holder, attempt);
    const id = { holder, ...staged.id };
    const selfie = { person: staged.empty ? null : presenter, ...staged.selfie };
    return {
      number: position + 1,
      kind,
      id: { ...id, fileName: idFileName(documentOf(holder), id.storage.format, position) },
      selfie: {
        ...selfie,
        companions: companionsOf(staged.companions, presenter),
        fileName: selfieFileName(selfie.storage.format, position),
      },
      tags: tagsOf(position + 1, holder, attempt),
    };
  });
}

function peopleOf(kind: ScenarioKind, index: number, position: number): readonly [holder: number, presenter: number] {
  const pair = kind === 'mismatch' ? UNLIKE[index % UNLIKE.length] : kind === 'lookalike' ? ALIKE[index % ALIKE.length] : undefined;
  if (pair) return pair;
  const seed = seedAt(position * 7);
  return [seed, seed];
}

const companionsOf = (count: number, person: number): number[] =>
  Array.from({ length: count }, (_, index) => seedAt(person * 3 + 5 + index * 11)).filter((seed) => seed !== person);

const seedAt = (position: number): number => castSeeds[position % castSeeds.length] ?? 4;

const documentOf = (seed: number): DocumentKind => cardOf(seed).kind;

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, rank: random.next() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
