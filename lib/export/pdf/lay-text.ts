import bidiFactory from 'bidi-js';
import type { FontName } from '../fonts';
import { breaksOf } from './breaks-of';
import type { Direction, FontSet, Typeface } from './font-set';
import type { Paragraph } from './said';
import { signsIn } from './signs-in';

const bidi = bidiFactory();
const LINE_END = /[\s\u2068\u2069]+$/u;

/** Signs of one typeface that run in one direction, as they are drawn. */
export interface Run {
  face: Typeface;
  direction: Direction;
  /** What is drawn, brackets mirrored. */
  text: string;
  /** What is meant. */
  meant: string;
  left: number;
  width: number;
}

/** One line. Its runs come in the order they are read, each with its place from the left: readers of the file follow that order. */
export interface Line {
  runs: Run[];
  width: number;
  /** The paragraph runs from right to left and has several lines, so it ends at the right edge. */
  toTheRight: boolean;
}

/** How a text is set. `width` is the widest a line may be. */
export interface Setting {
  font: FontName;
  size: number;
  width: number;
}

interface Sign {
  from: number;
  text: string;
  face: Typeface;
  /** Odd: from right to left (Unicode bidirectional algorithm, UAX 9). */
  level: number;
}

/** Lays a paragraph out in lines: a typeface for every sign, the order in which they are drawn, breaks where the scripts allow them. */
export function layText(fonts: FontSet, paragraph: Paragraph, { font, size, width }: Setting): Line[] {
  const text = withoutUnknown(fonts, paragraph.text, font);
  const levels = bidi.getEmbeddingLevels(text, paragraph.base ?? undefined);
  const all = signsOf(fonts, text, levels.levels, font);
  const toTheRight = (levels.paragraphs[0]?.level ?? 0) % 2 === 1;
  const lines = linesOf(all, breaksOf(text), (part) => widthOf(runsOf(part, size, fonts)), width);
  return lines.map((line) => {
    const runs = runsOf(trimmed(line), size, fonts);
    let width = 0;
    for (const { run } of inOrder(runs)) {
      run.left = width;
      width += run.width;
    }
    return { runs: runs.map(({ run }) => run), width, toTheRight: toTheRight && lines.length > 1 };
  });
}

// What no typeface has is spelled out by its number, so that nothing is lost without a trace.
function withoutUnknown(fonts: FontSet, text: string, font: FontName): string {
  const name = (character: string) => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
  const known = (sign: string) =>
    fonts.for(sign, font) ? sign : Array.from(sign, (character) => (fonts.for(character, font) ? character : name(character))).join('');
  return Array.from(signsIn(text), (sign) => known(sign.text)).join('');
}

function signsOf(fonts: FontSet, text: string, levels: Uint8Array, font: FontName): Sign[] {
  const all: Sign[] = [];
  for (const { text: segment, from: index } of signsIn(text)) {
    const before = all.at(-1)?.face;
    // A space belongs to the words around it.
    const face = segment === ' ' && before && fonts.shows(before, ' ') ? before : (fonts.for(segment, font) ?? font);
    all.push({ from: index, text: segment, face, level: levels[index] ?? 0 });
  }
  return all;
}

/** Fills lines greedily. A part that is wider than a line by itself is broken between its signs. */
function linesOf(all: Sign[], breaks: ReadonlySet<number>, widthOf: (part: Sign[]) => number, width: number): Sign[][] {
  const lines: Sign[][] = [];
  let line: Sign[] = [];
  let filled = 0;
  const end = () => {
    lines.push(line);
    [line, filled] = [[], 0];
  };
  for (const part of partsOf(all, breaks)) {
    const own = widthOf(trimmed(part));
    if (line.length > 0 && filled + own > width) end();
    if (own <= width) {
      line.push(...part);
      filled += widthOf(part);
      continue;
    }
    for (const sign of part) {
      const one = widthOf([sign]);
      if (line.length > 0 && filled + one > width) end();
      line.push(sign);
      filled += one;
    }
  }
  if (line.length > 0 || lines.length === 0) end();
  return lines;
}

function partsOf(all: Sign[], breaks: ReadonlySet<number>): Sign[][] {
  const parts: Sign[][] = [];
  for (const sign of all) {
    const part = parts.at(-1);
    if (!part || breaks.has(sign.from)) parts.push([sign]);
    else part.push(sign);
  }
  return parts;
}

function trimmed(line: Sign[]): Sign[] {
  let end = line.length;
  while (end > 0 && LINE_END.test(line[end - 1]?.text ?? '')) end -= 1;
  return line.slice(0, end);
}

interface LeveledRun {
  run: Run;
  level: number;
}

function runsOf(line: Sign[], size: number, fonts: FontSet): LeveledRun[] {
  const runs: Sign[][] = [];
  // Without anything from right to left, an isolated part of a sentence needs no run of its own.
  const isFlat = line.every(({ level }) => level % 2 === 0);
  for (const sign of line) {
    const last = runs.at(-1);
    if (last?.[0] && last[0].face === sign.face && (isFlat || last[0].level === sign.level)) last.push(sign);
    else runs.push([sign]);
  }
  return runs.flatMap((run) => {
    const [{ face, level } = { face: 'sans' as const, level: 0 }] = run;
    const direction = level % 2 === 1 ? 'rtl' : 'ltr';
    const meant = run
      .map(({ text }) => text)
      .join('')
      .replace(/[\u2068\u2069]/g, '');
    if (meant === '') return [];
    const mirrored = direction === 'rtl' ? Array.from(meant, (sign) => bidi.getMirroredCharacter(sign) ?? sign).join('') : meant;
    // Without rules of its own a font does not turn its signs round.
    const text = direction === 'rtl' && !hasRules(fonts.font(face)) ? Array.from(mirrored).reverse().join('') : mirrored;
    return [{ run: { face, direction, text, meant, left: 0, width: fonts.width(face, text, direction) * size }, level }];
  });
}

const hasRules = (font: object) => ('GSUB' in font && Boolean(font.GSUB)) || ('GPOS' in font && Boolean(font.GPOS));

const widthOf = (runs: LeveledRun[]) => runs.reduce((sum, { run }) => sum + run.width, 0);

/** Runs from left to right (UAX 9, rule L2): from the highest level down to the lowest odd one, what is at least as high is turned round. */
function inOrder(runs: LeveledRun[]): LeveledRun[] {
  const ordered = [...runs];
  const highest = Math.max(0, ...runs.map(({ level }) => level));
  for (let level = highest; level > 0; level -= 1) {
    for (let from = 0; from < ordered.length; from += 1) {
      let to = from;
      while (to < ordered.length && (ordered[to]?.level ?? 0) >= level) to += 1;
      if (to - from > 1) ordered.splice(from, to - from, ...ordered.slice(from, to).reverse());
      from = Math.max(from, to);
    }
  }
  return ordered;
}
