import { similarity } from '../match/similarity';

/** A face that was found in a picture of a person. People are numbered from 0 without gaps. */
export interface EnrolledFace {
  person: number;
  picture: string;
  /** Unit length. */
  embedding: Float32Array;
}

/** Scores with the numbers of the people on both sides, row by row. */
export interface Pairs {
  scores: Float32Array;
  first: Uint16Array;
  second: Uint16Array;
}

export interface NamedPair {
  score: number;
  pictures: readonly [string, string];
}

/** Every face against every other: pairs of one person, pairs of two, and of either kind those that mislead most. */
export interface Comparison {
  genuine: Pairs;
  impostor: Pairs;
  leastAlike: NamedPair[];
  mostAlike: NamedPair[];
}

const WORST = 10;

/** Compares all faces with each other. Throws a RangeError above 65,535 people. */
export function compareAll(faces: readonly EnrolledFace[]): Comparison {
  const perPerson = facesPerPerson(faces);
  if (perPerson.length > 0xffff) throw new RangeError('At most 65,535 people can be compared.');
  const genuineCount = perPerson.reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  const genuine = new Column(genuineCount);
  const impostor = new Column((faces.length * (faces.length - 1)) / 2 - genuineCount);
  const leastAlike = new Worst((a, b) => a - b);
  const mostAlike = new Worst((a, b) => b - a);
  faces.forEach((a, index) => {
    for (const b of faces.slice(index + 1)) {
      const score = similarity(a.embedding, b.embedding);
      const [kind, worst] = a.person === b.person ? [genuine, leastAlike] : [impostor, mostAlike];
      kind.add(score, a.person, b.person);
      worst.offer(score, a.picture, b.picture);
    }
  });
  return { genuine: genuine.pairs, impostor: impostor.pairs, leastAlike: leastAlike.pairs, mostAlike: mostAlike.pairs };
}

/** How many faces each person has, by number. */
export function facesPerPerson(faces: readonly Pick<EnrolledFace, 'person'>[]): number[] {
  const counts: number[] = [];
  for (const { person } of faces) {
    while (counts.length <= person) counts.push(0);
    counts[person] = (counts[person] ?? 0) + 1;
  }
  return counts;
}

// Millions of pairs: typed columns take 8 bytes a pair, objects would take ten times that.
class Column {
  readonly pairs: Pairs;
  private at = 0;

  constructor(size: number) {
    this.pairs = { scores: new Float32Array(size), first: new Uint16Array(size), second: new Uint16Array(size) };
  }

  add(score: number, first: number, second: number): void {
    this.pairs.scores[this.at] = score;
    this.pairs.first[this.at] = first;
    this.pairs.second[this.at] = second;
    this.at += 1;
  }
}

/** Keeps the first few in an order, whatever is offered. */
class Worst {
  readonly pairs: NamedPair[] = [];

  constructor(private readonly order: (a: number, b: number) => number) {}

  offer(score: number, a: string, b: string): void {
    const last = this.pairs.at(-1);
    if (this.pairs.length === WORST && last !== undefined && this.order(score, last.score) >= 0) return;
    this.pairs.push({ score, pictures: [a, b] });
    this.pairs.sort((left, right) => this.order(left.score, right.score));
    this.pairs.length = Math.min(this.pairs.length, WORST);
  }
}
