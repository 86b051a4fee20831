import { drawClothes } from './draw-clothes';
import { drawEyes } from './draw-eyes';
import { CROWN, drawHairBehind, drawHairFront } from './draw-hair';
import { drawMiddle } from './draw-mouth';
import type { Person } from './person';
import { type Pose, shifted } from './pose';
import { randomOf } from './random';
import { at, glow, mix, softStroke } from './svg';

/**
 * A person from the shoulders up as SVG elements, the middle of the face at 0,0, about 290 units wide and 410 high.
 * `id` keeps the clip paths of several people in one drawing apart.
 */
export function drawHead(person: Person, pose: Pose, id: string): string {
  const outline = faceOutline(person, pose);
  return [
    drawHairBehind(person, pose),
    drawNeck(person, id),
    drawClothes(person, id),
    person.hair.style === 'scarf' ? '' : drawEars(person, pose),
    `<path d="${outline}" fill="${person.skin.base}"/>`,
    `<clipPath id="${id}face"><path d="${outline}"/></clipPath><g clip-path="url(#${id}face)">${drawShading(person, pose)}</g>`,
    drawEyes(person, pose, id),
    drawMiddle(person, pose),
    `<g clip-path="url(#${id}face)">${drawBeard(person, pose)}${drawHairShadow(person, pose)}</g>`,
    drawHairFront(person, pose, id),
    drawGlasses(person, pose),
  ].join('');
}

function faceOutline(person: Person, pose: Pose): string {
  const { halfWidth, jaw, chinWidth, chin } = person.face;
  const x = (value: number, depth: number) => shifted(pose, value, depth);
  return `M ${at(x(-halfWidth, 0.1), -25)} C ${at(x(-halfWidth, 0.1), -130)} ${at(x(-halfWidth * 0.72, 0.2), -CROWN)} ${at(x(0, 0.2), -CROWN)}
    C ${at(x(halfWidth * 0.72, 0.2), -CROWN)} ${at(x(halfWidth, 0.1), -130)} ${at(x(halfWidth, 0.1), -25)}
    C ${at(x(halfWidth, 0.2), 40)} ${at(x(jaw * 1.03, 0.3), 76)} ${at(x(jaw, 0.4), 104)} C ${at(x(jaw * 0.95, 0.5), 142)} ${at(x(chinWidth * 1.6, 0.9), chin - 10)} ${at(x(chinWidth, 1), chin - 3)}
    Q ${at(x(0, 1), chin + 5)} ${at(x(-chinWidth, 1), chin - 3)} C ${at(x(-chinWidth * 1.6, 0.9), chin - 10)} ${at(x(-jaw * 0.95, 0.5), 142)} ${at(x(-jaw, 0.4), 104)}
    C ${at(x(-jaw * 1.03, 0.3), 76)} ${at(x(-halfWidth, 0.2), 40)} ${at(x(-halfWidth, 0.1), -25)} Z`;
}

function drawNeck(person: Person, id: string): string {
  const { skin, face, feminine } = person;
  const half = feminine ? 62 : 76;
  const dark = mix(skin.base, skin.shade, 0.55);
  const outline = `M ${at(-half, 90)} C ${at(-half, 170)} ${at(-half - 2, 196)} ${at(-half - 34, 226)} L ${at(-half - 20, 420)} L ${at(half + 20, 420)} L ${at(half + 34, 226)} C ${at(half + 2, 196)} ${at(half, 170)} ${at(half, 90)} Z`;
  return `<clipPath id="${id}neck"><path d="${outline}"/></clipPath><path d="${outline}" fill="${dark}"/><g clip-path="url(#${id}neck)">
    ${glow(mix(skin.shade, '#1a0c06', 0.3), 0, face.chin - 4, half * 1.35, 58, 0.8)}
    <path d="M ${at(-30, 300)} L ${at(-half * 0.75, face.chin + 20)} M ${at(30, 300)} L ${at(half * 0.75, face.chin + 20)}" stroke="${skin.shade}" stroke-width="8" opacity=".22"/></g>`;
}

function drawEars(person: Person, pose: Pose): string {
  const { face, skin, hair } = person;
  if (hair.style === 'long' || hair.style === 'bob') return '';
  return [-1, 1]
    .map((side) => {
      const x = shifted(pose, side * (face.halfWidth + 3), -0.25);
      return `<ellipse cx="${x.toFixed(1)}" cy="4" rx="17" ry="${face.ears.toFixed(1)}" fill="${mix(skin.base, skin.shade, 0.4)}" transform="rotate(${side * 8} ${at(x, 4)})"/>
        ${glow(skin.shade, x + side * 2, 2, 10, face.ears * 0.7, 0.8)}`;
    })
    .join('');
}

function drawShading(person: Person, pose: Pose): string {
  const { face, skin, age, freckles, seed } = person;
  const half = face.halfWidth;
  const x = (value: number, depth: number) => shifted(pose, value, depth);
  const dark = -Math.sign(pose.lightSide || 1);
  const blush = mix(skin.base, '#c4483c', 0.55);
  const lines = [-150, -134, -118].map((y) => `M ${at(x(-58, 0.8), y + 4)} Q ${at(x(0, 0.8), y - 5)} ${at(x(58, 0.8), y + 4)}`).join(' ');
  const random = randomOf(seed + 77);
  const spots = Array.from({ length: 46 }, () => {
    const side = random.chance(0.5) ? 1 : -1;
    return `<circle cx="${x(side * random.between(6, 92), 1).toFixed(1)}" cy="${random.between(22, 78).toFixed(1)}" r="${random.between(0.9, 2.1).toFixed(1)}"/>`;
  });
  return `
    ${glow(skin.light, x(pose.lightSide * 34, 0.8), -104, 96, 62, 0.6)}
    ${glow(skin.shade, x(-half, 0.1), 30, 46, 210, 0.62)}${glow(skin.shade, x(half, 0.1), 30, 46, 210, 0.62)}
    ${glow(skin.shade, x(dark * half * 1.02, 0.1), 30, 118, 250, 0.6)}
    ${glow(skin.shade, x(-face.jaw * 0.92, 0.4), 140, 52, 64, 0.5)}${glow(skin.shade, x(face.jaw * 0.92, 0.4), 140, 52, 64, 0.5)}
    ${glow(skin.shade, x(0, 1), face.chin + 6, 100, 24, 0.55)}
    ${glow(blush, x(-half * 0.56, 0.9), 56, 50, 38, 0.27)}${glow(blush, x(half * 0.56, 0.9), 56, 50, 38, 0.27)}
    ${glow(skin.light, x(-half * 0.54, 0.9), 32, 36, 17, 0.5)}${glow(skin.light, x(half * 0.54, 0.9), 32, 36, 17, 0.5)}
    ${glow(skin.light, x(0, 1.1), face.chin - 26, 27, 16, 0.42)}
    ${age > 0.45 ? `<path d="${lines}" stroke="${skin.shade}" stroke-width="3" fill="none" opacity="${(age * 0.42).toFixed(2)}"/>` : ''}
    ${freckles ? `<g fill="${mix(skin.shade, '#7a4526', 0.4)}" opacity=".42">${spots.join('')}</g>` : ''}`;
}

/** Hair throws a soft shadow on the forehead; without it a cap of hair looks glued on. */
function drawHairShadow(person: Person, pose: Pose): string {
  if (person.hair.style === 'scarf') return '';
  const deep = mix(person.skin.shade, '#20100a', 0.35);
  const line = { long: -128, bob: -112, 'side-part': -116, crop: -138, curls: -128, bun: -146, receding: -170 }[person.hair.style];
  return glow(deep, shifted(pose, 0, 0.4), line - 34, person.face.halfWidth * 1.05, 62, 0.55);
}

function drawBeard(person: Person, pose: Pose): string {
  const { beard, face, mouth, hair, nose, eyes } = person;
  if (beard === 'none') return '';
  const x = (value: number) => shifted(pose, value, 0.8);
  const half = face.halfWidth;
  const lip = mouth.height - mouth.upper - 4;
  const under = Math.max(eyes.height + nose.length + 14, lip - 12);
  const moustache = `M ${at(x(-mouth.width - 8), lip + 12)} C ${at(x(-mouth.width * 0.7), under)} ${at(x(-18), under + 2)} ${at(x(0), under + 6)} C ${at(x(18), under + 2)} ${at(x(mouth.width * 0.7), under)} ${at(x(mouth.width + 8), lip + 12)} Q ${at(x(26), lip + 3)} ${at(x(0), lip + 4)} Q ${at(x(-26), lip + 3)} ${at(x(-mouth.width - 8), lip + 12)} Z`;
  const around = `M ${at(x(-half * 0.99), 14)} C ${at(x(-half * 0.86), 80)} ${at(x(-mouth.width - 28), lip - 4)} ${at(x(-mouth.width - 10), lip + 8)} Q ${at(x(-mouth.width + 2), mouth.height + 20)} ${at(x(0), mouth.height + 25)} Q ${at(x(mouth.width - 2), mouth.height + 20)} ${at(x(mouth.width + 10), lip + 8)} C ${at(x(mouth.width + 28), lip - 4)} ${at(x(half * 0.86), 80)} ${at(x(half * 0.99), 14)} L ${at(x(half), face.chin + 20)} L ${at(x(-half), face.chin + 20)} Z`;
  const strength = { stubble: 0.3, full: 0.82, moustache: 0.8 }[beard];
  const shape = beard === 'moustache' ? moustache : `${around} ${moustache}`;
  const colour = mix(hair.colour, '#000000', 0.1);
  return `${softStroke(shape, colour, 7, strength * 0.5)}<path d="${shape}" fill="${colour}" opacity="${strength}"/>`;
}

function drawGlasses(person: Person, pose: Pose): string {
  const { glasses, eyes } = person;
  if (glasses === 'none') return '';
  const y = eyes.height + 3;
  const [half, tall] = glasses === 'round' ? [40, 35] : [44, 29];
  const lens = (side: number) => {
    const x = shifted(pose, side * eyes.spread, 1.25);
    const box = `x="${(x - half).toFixed(1)}" y="${(y - tall).toFixed(1)}" width="${half * 2}" height="${tall * 2}" rx="${glasses === 'round' ? 34 : 13}"`;
    return `<rect ${box} fill="#fff" fill-opacity=".05"/><rect ${box} fill="none" stroke="#1d1a1a" stroke-width="4.6"/><path d="M ${at(x + side * half, y - 8)} L ${at(shifted(pose, side * (person.face.halfWidth + 2), 0), y - 12)}" stroke="#1d1a1a" stroke-width="4"/>`;
  };
  const gap = eyes.spread - half;
  return `${lens(-1)}${lens(1)}<path d="M ${at(shifted(pose, -gap, 1.3), y - 7)} Q ${at(shifted(pose, 0, 1.4), y - 17)} ${at(shifted(pose, gap, 1.3), y - 7)}" stroke="#1d1a1a" stroke-width="4.6" fill="none"/>`;
}
