import { type Random, randomOf } from './random';
import { mix } from './svg';

export type HairStyle = 'crop' | 'side-part' | 'curls' | 'receding' | 'long' | 'bob' | 'bun' | 'scarf';
export type Clothes = 'crew' | 'collar' | 'jacket' | 'v-neck';

/** What makes a drawn person recognisable. Lengths in units of a 640 x 640 drawing whose face is about 290 wide. */
export interface Person {
  seed: number;
  feminine: boolean;
  /** 0 young .. 1 old. */
  age: number;
  skin: { base: string; shade: string; light: string; lip: string };
  hair: { style: HairStyle; colour: string };
  scarf: string;
  face: { halfWidth: number; jaw: number; chinWidth: number; chin: number; ears: number };
  eyes: { spread: number; height: number; width: number; open: number; slant: number; iris: string };
  brows: { length: number; weight: number; lift: number; arch: number; angle: number };
  nose: { length: number; width: number; bridge: number };
  mouth: { height: number; width: number; upper: number; lower: number };
  beard: 'none' | 'stubble' | 'full' | 'moustache';
  glasses: 'none' | 'round' | 'square';
  clothes: { cut: Clothes; colour: string };
  freckles: boolean;
}

interface Palette {
  base: string;
  shade: string;
  hairs: readonly [string, ...string[]];
  irises: readonly [string, ...string[]];
}

const PALETTES: readonly [Palette, ...Palette[]] = [
  { base: '#f3d3bd', shade: '#c98d70', hairs: ['#b98a4e', '#6a4424', '#a8522a', '#33231a'], irises: ['#5b88ad', '#6f8f6a', '#7a5a36'] },
  { base: '#ecc2a0', shade: '#b97c57', hairs: ['#5a3a20', '#2c1d14', '#8c643a', '#191513'], irises: ['#5e4526', '#6d8a5c', '#4d7793'] },
  { base: '#e2b48c', shade: '#a66c44', hairs: ['#231711', '#16120f', '#4a2c19'], irises: ['#4a3019', '#35210f'] },
  { base: '#d19d70', shade: '#8f5a36', hairs: ['#17110d', '#2a1a10'], irises: ['#3d2613', '#2c1b0e', '#6b5a35'] },
  { base: '#b27c52', shade: '#6f4327', hairs: ['#14100d', '#21160f'], irises: ['#2d1b0f', '#3c2614'] },
  { base: '#8a5a3b', shade: '#4b2c1a', hairs: ['#120e0c', '#1d1410'], irises: ['#25160c', '#33200f'] },
  { base: '#6b432d', shade: '#361f13', hairs: ['#0f0c0a', '#191210'], irises: ['#1f120a'] },
];
const GREY = '#b9b8b6';
const CLOTH = ['#2f4a66', '#5b3446', '#3c5a48', '#7a5a3a', '#46464f', '#8a4b3c', '#32606b', '#5a5480', '#d8d3c8', '#20262e'] as const;
const SCARVES = ['#5d6f86', '#8a5566', '#4e6a5c', '#a08a6c', '#3a3f55'] as const;

/** The person a seed stands for. They do not exist; the same seed is always the same person. */
export function personOf(seed: number): Person {
  const random = randomOf(seed * 7919 + 13);
  const palette = random.pick(PALETTES);
  const feminine = random.chance(0.5);
  const age = random.next() ** 1.4;
  const style = hairStyle(random, feminine, age);
  const colour = mix(random.pick(palette.hairs), GREY, age > 0.6 ? (age - 0.6) * 2 : 0);
  const redness = feminine ? '#b0413f' : '#a5524a';
  return {
    seed,
    feminine,
    age,
    skin: {
      base: palette.base,
      shade: palette.shade,
      light: mix(palette.base, '#fff1e2', 0.5),
      lip: mix(palette.base, redness, feminine ? 0.55 : 0.34),
    },
    hair: { style, colour },
    scarf: random.pick(SCARVES),
    ...faceShape(random, feminine, palette.irises),
    beard: feminine ? 'none' : random.pick(['none', 'none', 'stubble', 'full', 'moustache']),
    glasses: random.chance(0.24) ? random.pick(['round', 'square']) : 'none',
    clothes: { cut: random.pick(['crew', 'collar', 'jacket', 'v-neck']), colour: random.pick(CLOTH) },
    freckles: random.chance(0.18),
  };
}

function hairStyle(random: Random, feminine: boolean, age: number): HairStyle {
  if (feminine) return random.pick(['long', 'long', 'bob', 'bun', 'curls', 'scarf', 'side-part']);
  return age > 0.55 ? random.pick(['receding', 'crop', 'side-part']) : random.pick(['crop', 'side-part', 'curls', 'crop', 'long']);
}

function faceShape(
  random: Random,
  feminine: boolean,
  irises: Palette['irises'],
): Pick<Person, 'face' | 'eyes' | 'brows' | 'nose' | 'mouth'> {
  const halfWidth = random.between(126, 152);
  return {
    face: {
      halfWidth,
      jaw: halfWidth * (feminine ? random.between(0.72, 0.86) : random.between(0.77, 0.9)),
      chinWidth: feminine ? random.between(22, 40) : random.between(28, 48),
      chin: random.between(176, 208),
      ears: random.between(30, 40),
    },
    eyes: {
      spread: random.between(54, 68),
      height: random.between(-22, -4),
      width: random.between(25, 32),
      open: random.between(0.72, 1.25) * (feminine ? 1.08 : 0.94),
      slant: random.between(-4, 3),
      iris: random.pick(irises),
    },
    brows: {
      length: random.between(32, 42),
      weight: feminine ? random.between(5, 9) : random.between(8, 14),
      lift: random.between(27, 38),
      arch: random.between(2, 13),
      angle: random.between(-5, 5),
    },
    nose: { length: random.between(62, 84), width: random.between(22, 37), bridge: random.between(6, 13) },
    mouth: {
      height: random.between(110, 128),
      width: random.between(45, 63),
      upper: feminine ? random.between(8, 14) : random.between(5, 11),
      lower: feminine ? random.between(13, 20) : random.between(9, 16),
    },
  };
}
