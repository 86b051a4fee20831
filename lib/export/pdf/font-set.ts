import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { create, type Font, type GlyphRun } from 'fontkit';
import { FALLBACK_FONT_NAMES, FALLBACK_FONTS, type FallbackFontName } from '@/lib/domain/fallback-fonts';
import { FONT_FILES, type FontName } from '../fonts';
import { unpackFont } from './unpack-font';

// The program runs where its packages lie; most packages do not let their fonts be resolved by name.
const PACKAGES = path.resolve('node_modules');

/** A typeface of a document: one of its own, or one that steps in. */
export type Typeface = FontName | FallbackFontName;
const TYPEFACES: readonly Typeface[] = [...(Object.keys(FONT_FILES) as FontName[]), ...FALLBACK_FONT_NAMES];

/** Pictures of their own, as most phones show them. */
const EMOJI = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f/u;
/** Characters that join or choose among others and have no sign of their own. */
const WITHOUT_SIGN = /\u200c|\u200d|[\u2066-\u2069]|[\ufe00-\ufe0f]/;

export type Direction = 'ltr' | 'rtl';

/** A font that is asked for glyphs in the direction the text around it runs, not in that of its script alone. */
export interface DirectedFont extends Font {
  direction: Direction;
}

let unpacked: Promise<Map<Typeface, Buffer>> | undefined;

/** Resolves to the fonts for one document. Their bytes are read and unpacked once a process; what is made of them ends with the document. */
export async function openFonts(): Promise<FontSet> {
  unpacked ??= unpackAll().catch((failure: unknown) => {
    unpacked = undefined;
    throw failure;
  });
  return new FontSet(await unpacked);
}

async function unpackAll(): Promise<Map<Typeface, Buffer>> {
  const files: Record<Typeface, { file: string }> = {
    ...FALLBACK_FONTS,
    ...{ sans: { file: FONT_FILES.sans }, bold: { file: FONT_FILES.bold }, mono: { file: FONT_FILES.mono } },
  };
  const read = async (name: Typeface) => [name, await unpackFont(await readFile(path.resolve(PACKAGES, files[name].file)))] as const;
  return new Map(await Promise.all(TYPEFACES.map(read)));
}

/** The fonts of one document, each opened when it is first needed. */
export class FontSet {
  readonly #bytes: Map<Typeface, Buffer>;
  readonly #opened = new Map<Typeface, DirectedFont>();
  readonly #faces = new Map<string, Typeface | null>();
  readonly #widths = new Map<string, number>();

  constructor(bytes: Map<Typeface, Buffer>) {
    this.#bytes = bytes;
  }

  font(name: Typeface): DirectedFont {
    const known = this.#opened.get(name);
    if (known) return known;
    const font = directed(create(this.#bytes.get(name) ?? Buffer.alloc(0)));
    this.#opened.set(name, font);
    return font;
  }

  /** Returns the typeface for one sign as a person counts them, by preference `wanted`; null when there is none. */
  for(sign: string, wanted: FontName): Typeface | null {
    const key = `${wanted} ${sign}`;
    const known = this.#faces.get(key);
    if (known !== undefined) return known;
    const order: Typeface[] = EMOJI.test(sign) ? ['emoji', wanted, ...FALLBACK_FONT_NAMES] : [wanted, ...FALLBACK_FONT_NAMES];
    const face = order.find((name) => this.shows(name, sign)) ?? null;
    this.#faces.set(key, face);
    return face;
  }

  shows(name: Typeface, sign: string): boolean {
    const font = this.font(name);
    return Array.from(sign).every((character) => WITHOUT_SIGN.test(character) || font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0));
  }

  /** Returns how wide a text of one typeface is, in its own size; each text is shaped once. */
  width(name: Typeface, text: string, direction: Direction): number {
    const key = `${name} ${direction} ${text}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known;
    const font = this.font(name);
    font.direction = direction;
    const width = font.layout(text).advanceWidth / font.unitsPerEm;
    this.#widths.set(key, width);
    return width;
  }
}

function directed(font: ReturnType<typeof create>): DirectedFont {
  if (!('layout' in font)) throw new Error('A collection of fonts cannot be used.');
  const own: DirectedFont = Object.create(font, {
    direction: { value: 'ltr', writable: true },
    layout: {
      value: (text: string, features?: string[]): GlyphRun => font.layout(text, features, undefined, undefined, own.direction),
    },
  });
  return own;
}
