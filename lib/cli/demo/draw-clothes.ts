import type { Person } from './person';
import { at, glow, mix } from './svg';

/** Shoulders and what covers them, as SVG below the face; reaches far down so that any crop is filled. */
export function drawClothes(person: Person, id: string): string {
  const { clothes, feminine } = person;
  const wide = feminine ? 262 : 304;
  const dark = mix(clothes.colour, '#000000', 0.35);
  const neck = clothes.cut === 'v-neck' ? `L ${at(0, 372)}` : `Q ${at(0, 334)}`;
  const body = `M ${at(-wide, 1400)} L ${at(-wide, 420)} C ${at(-wide, 330)} ${at(-180, 296)} ${at(-96, 254)} ${neck} ${at(96, 254)} C ${at(180, 296)} ${at(wide, 330)} ${at(wide, 420)} L ${at(wide, 1400)} Z`;
  return `<g transform="translate(0 -36)"><clipPath id="${id}body"><path d="${body}"/></clipPath><path d="${body}" fill="${clothes.colour}"/><g clip-path="url(#${id}body)">
    ${glow(dark, -wide + 30, 520, 90, 240, 0.6)}${glow(dark, wide - 30, 520, 90, 240, 0.6)}${glow(dark, 0, 330, 120, 60, 0.35)}</g>
    ${CUTS[clothes.cut](clothes.colour, dark)}</g>`;
}

const CUTS: Record<Person['clothes']['cut'], (colour: string, dark: string) => string> = {
  crew: (_colour, dark) =>
    `<path d="M ${at(-97, 254)} Q ${at(0, 334)} ${at(97, 254)}" stroke="${dark}" stroke-width="7" fill="none" opacity=".55"/><path d="M ${at(-112, 262)} Q ${at(0, 352)} ${at(112, 262)}" stroke="${dark}" stroke-width="2" fill="none" opacity=".4"/>`,
  'v-neck': (_colour, dark) =>
    `<path d="M ${at(-97, 254)} L ${at(0, 372)} L ${at(97, 254)}" stroke="${dark}" stroke-width="8" fill="none" opacity=".5" stroke-linejoin="round"/>`,
  collar: (colour, dark) =>
    [-1, 1]
      .map(
        (side) =>
          `<path d="M ${at(side * 92, 238)} L ${at(side * 118, 270)} L ${at(side * 64, 366)} L ${at(side * 2, 318)} Z" fill="${mix(colour, '#ffffff', 0.12)}" stroke="${dark}" stroke-width="2"/>`,
      )
      .join('') +
    `<path d="M ${at(0, 322)} L ${at(0, 1400)}" stroke="${dark}" stroke-width="3" opacity=".6"/><circle cx="8" cy="392" r="4.5" fill="${dark}"/>`,
  jacket: (colour, dark) =>
    `<path d="M ${at(-90, 256)} L ${at(0, 470)} L ${at(90, 256)} Q ${at(0, 330)} ${at(-90, 256)} Z" fill="#e9e6df"/>` +
    [-1, 1]
      .map(
        (side) =>
          `<path d="M ${at(side * 94, 246)} L ${at(side * 146, 282)} L ${at(side * 128, 348)} L ${at(side * 150, 362)} L ${at(side * 2, 520)} L ${at(side * 34, 400)} Z" fill="${mix(colour, '#000000', 0.14)}" stroke="${dark}" stroke-width="2"/>`,
      )
      .join(''),
};
