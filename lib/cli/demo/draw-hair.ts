import type { Person } from './person';
import { type Pose, shifted } from './pose';
import { type Random, randomOf } from './random';
import { at, mix, softStroke } from './svg';

/** Top of the skull above the middle of the face, in drawing units. */
export const CROWN = 208;

/** Hair behind the head: what hangs down or stands off. Empty for short hair. */
export function drawHairBehind(person: Person, pose: Pose): string {
  const { style, colour } = person.hair;
  const half = person.face.halfWidth;
  const dark = mix(colour, '#000000', 0.32);
  const x = (value: number) => shifted(pose, value, 0.1);
  const falling = (reach: number, width: number) =>
    softShape(
      `M ${at(x(0), -CROWN - 8)} C ${at(x(-half * 0.95), -CROWN - 8)} ${at(x(-half * 1.2), -90)} ${at(x(-half * 1.22), 20)} C ${at(x(-half * 1.26), reach * 0.6)} ${at(x(-half * width), reach * 0.75)} ${at(x(-half * width), reach - 20)} Q ${at(x(-half * 1.1), reach + 26)} ${at(x(-half * 0.5), reach + 4)} L ${at(x(half * 0.5), reach + 4)} Q ${at(x(half * 1.1), reach + 26)} ${at(x(half * width), reach - 20)} C ${at(x(half * width), reach * 0.75)} ${at(x(half * 1.26), reach * 0.6)} ${at(x(half * 1.22), 20)} C ${at(x(half * 1.2), -90)} ${at(x(half * 0.95), -CROWN - 8)} ${at(x(0), -CROWN - 8)} Z`,
      dark,
    );
  if (style === 'long') return falling(person.feminine ? 285 : 200, 1.3);
  if (style === 'bob') return falling(150, 1.28);
  if (style === 'bun') return `<ellipse cx="${x(0).toFixed(1)}" cy="${-CROWN - 26}" rx="58" ry="50" fill="${colour}"/>`;
  if (style === 'curls') return curls(person, x, dark, person.feminine ? 1.22 : 1.08, 150, -1);
  if (style === 'scarf') return scarfBehind(person, x);
  return '';
}

/** Hair over the forehead and temples, or the front of a headscarf. */
export function drawHairFront(person: Person, pose: Pose, id: string): string {
  const { style, colour } = person.hair;
  const half = person.face.halfWidth;
  const x = (value: number) => shifted(pose, value, 0.35);
  if (style === 'scarf') return scarfFront(person, x);
  const outline = capOutline(person, x);
  const random = randomOf(person.seed * 101 + 5);
  const parting = style === 'side-part' || style === 'bob' ? half * 0.42 : style === 'long' ? half * 0.08 : 0;
  const locks =
    style === 'curls' ? curls(person, x, colour, person.feminine ? 1.2 : 1.04, 46, 1) : strands(random, x, half, parting, colour);
  return `<clipPath id="${id}cap"><path d="${outline}"/></clipPath>
    ${softShape(outline, colour)}${style === 'curls' ? locks : `<g clip-path="url(#${id}cap)">${locks}</g>`}`;
}

/** The cap of hair as a closed path: round the skull from temple to temple, back along the hairline of the style. */
function capOutline(person: Person, x: (value: number) => number): string {
  const half = person.face.halfWidth;
  const { style } = person.hair;
  const low = { crop: 6, 'side-part': 4, curls: -20, receding: 8, long: 70, bob: 100, bun: -14, scarf: 0 }[style];
  const lift = { crop: 8, 'side-part': 20, curls: 20, receding: 2, long: 16, bob: 18, bun: 10, scarf: 0 }[style];
  const outer = `M ${at(x(-half * 1.03), low)} C ${at(x(-half * 1.17), -120)} ${at(x(-half * 0.8), -CROWN - lift)} ${at(x(0), -CROWN - lift)} C ${at(x(half * 0.8), -CROWN - lift)} ${at(x(half * 1.17), -120)} ${at(x(half * 1.03), low)}`;
  const temple = `L ${at(x(half * 0.95), low - 4)}`;
  const close = `${at(x(-half * 0.95), low - 4)} Z`;
  const line = {
    crop: `C ${at(x(half * 0.95), -70)} ${at(x(half * 0.86), -118)} ${at(x(half * 0.66), -132)} C ${at(x(half * 0.3), -150)} ${at(x(-half * 0.3), -150)} ${at(x(-half * 0.66), -132)} C ${at(x(-half * 0.86), -118)} ${at(x(-half * 0.95), -70)} ${close}`,
    'side-part': `C ${at(x(half * 0.97), -70)} ${at(x(half * 0.82), -120)} ${at(x(half * 0.45), -166)} C ${at(x(half * 0.1), -118)} ${at(x(-half * 0.6), -112)} ${at(x(-half * 0.84), -84)} C ${at(x(-half * 0.93), -60)} ${at(x(-half * 0.95), -30)} ${close}`,
    curls: `C ${at(x(half * 0.9), -80)} ${at(x(half * 0.7), -120)} ${at(x(half * 0.4), -128)} Q ${at(x(0), -142)} ${at(x(-half * 0.4), -128)} C ${at(x(-half * 0.7), -120)} ${at(x(-half * 0.9), -80)} ${close}`,
    receding: `C ${at(x(half * 0.96), -60)} ${at(x(half * 0.92), -110)} ${at(x(half * 0.72), -150)} C ${at(x(half * 0.5), -186)} ${at(x(half * 0.2), -168)} ${at(x(0), -170)} C ${at(x(-half * 0.2), -168)} ${at(x(-half * 0.5), -186)} ${at(x(-half * 0.72), -150)} C ${at(x(-half * 0.92), -110)} ${at(x(-half * 0.96), -60)} ${close}`,
    long: `C ${at(x(half * 0.94), -40)} ${at(x(half * 0.72), -96)} ${at(x(half * 0.08), -168)} C ${at(x(-half * 0.62), -104)} ${at(x(-half * 0.92), -40)} ${close}`,
    bob: `C ${at(x(half * 0.96), -40)} ${at(x(half * 0.8), -100)} ${at(x(half * 0.42), -164)} C ${at(x(0), -116)} ${at(x(-half * 0.7), -104)} ${at(x(-half * 0.86), -60)} C ${at(x(-half * 0.93), -20)} ${at(x(-half * 0.95), 40)} ${close}`,
    bun: `C ${at(x(half * 0.97), -80)} ${at(x(half * 0.7), -142)} ${at(x(0), -150)} C ${at(x(-half * 0.7), -142)} ${at(x(-half * 0.97), -80)} ${close}`,
    scarf: close,
  }[style];
  return `${outer} ${temple} ${line}`;
}

/** Hair ends softly against what is behind it. */
const softShape = (path: string, colour: string): string => `${softStroke(path, colour, 4, 0.6)}<path d="${path}" fill="${colour}"/>`;

/** Strands run from the parting down both sides; light ones over dark ones give the sheen. */
function strands(random: Random, x: (value: number) => number, half: number, parting: number, colour: string): string {
  const tones = [mix(colour, '#000000', 0.4), mix(colour, '#000000', 0.2), mix(colour, '#ffffff', 0.1), mix(colour, '#ffe9cf', 0.2)];
  return tones
    .map((tone, layer) => {
      const lines = Array.from({ length: 34 }, () => {
        const side = random.chance(0.5) ? 1 : -1;
        const start = parting + side * random.between(0, half * 0.3);
        const spread = random.between(0.35, 1.15) * half * side;
        const fromY = -CROWN - random.between(-34, 22);
        return `M ${at(x(start), fromY)} C ${at(x(spread * 0.9), fromY + random.between(0, 26))} ${at(x(spread), -130)} ${at(x(spread * random.between(0.98, 1.1)), random.between(-70, 110))}`;
      });
      return `<path d="${lines.join(' ')}" stroke="${tone}" stroke-width="${layer < 2 ? 3 : 1.8}" fill="none" opacity="${layer < 2 ? 0.5 : 0.34}"/>`;
    })
    .join('');
}

/** Curls are many small rings along the skull; `edge` 1 keeps them above the hairline, -1 fills what is behind the head. */
function curls(person: Person, x: (value: number) => number, colour: string, wide: number, count: number, edge: 1 | -1): string {
  const random = randomOf(person.seed * 17 + edge + 3);
  const half = person.face.halfWidth * wide;
  const low = edge === 1 ? 0.16 : person.feminine ? -0.32 : 0.02;
  const balls = Array.from({ length: count }, () => {
    const angle = Math.PI * random.between(low, 1 - low);
    const far = edge === 1 ? random.between(0.86, 1.04) : random.between(0.7, 1.06);
    const [cx, cy] = [x(Math.cos(angle) * half * far), -28 - Math.sin(angle) * (CROWN - 6) * far];
    const tone = mix(colour, random.chance(0.4) ? '#ffffff' : '#000000', random.between(0.02, 0.16));
    return `<circle cx="${cx.toFixed(1)}" cy="${cy.toFixed(1)}" r="${random.between(15, 27).toFixed(1)}" fill="${tone}"/>`;
  });
  return balls.join('');
}

function scarfBehind(person: Person, x: (value: number) => number): string {
  const half = person.face.halfWidth;
  const shade = mix(person.scarf, '#000000', 0.28);
  return `<path d="M ${at(x(0), -CROWN - 20)} C ${at(x(-half * 1.25), -CROWN - 10)} ${at(x(-half * 1.3), 40)} ${at(x(-half * 1.1), 200)} L ${at(x(-half * 1.5), 330)} L ${at(x(half * 1.5), 330)} L ${at(x(half * 1.1), 200)} C ${at(x(half * 1.3), 40)} ${at(x(half * 1.25), -CROWN - 10)} ${at(x(0), -CROWN - 20)} Z" fill="${shade}"/>`;
}

/** The scarf leaves an oval for the face: an outline with a hole, filled by the even-odd rule. */
function scarfFront(person: Person, x: (value: number) => number): string {
  const half = person.face.halfWidth;
  const chin = person.face.chin;
  const hole = `M ${at(x(0), -146)} C ${at(x(half * 0.75), -146)} ${at(x(half * 0.97), -70)} ${at(x(half * 0.93), 10)} C ${at(x(half * 0.9), 110)} ${at(x(half * 0.5), chin)} ${at(x(0), chin + 4)} C ${at(x(-half * 0.5), chin)} ${at(x(-half * 0.9), 110)} ${at(x(-half * 0.93), 10)} C ${at(x(-half * 0.97), -70)} ${at(x(-half * 0.75), -146)} ${at(x(0), -146)} Z`;
  const outer = `M ${at(x(0), -CROWN - 18)} C ${at(x(half * 1.2), -CROWN - 12)} ${at(x(half * 1.26), 60)} ${at(x(half * 0.86), chin + 30)} Q ${at(x(0), chin + 96)} ${at(x(-half * 0.86), chin + 30)} C ${at(x(-half * 1.26), 60)} ${at(x(-half * 1.2), -CROWN - 12)} ${at(x(0), -CROWN - 18)} Z`;
  const fold = (from: number, bend: number) =>
    `M ${at(x(from), -CROWN + 12)} C ${at(x(from + bend), -90)} ${at(x(half * Math.sign(bend) * 1.05), 40)} ${at(x(half * Math.sign(bend) * 0.7), chin + 20)}`;
  const dark = mix(person.scarf, '#000000', 0.4);
  return `${softStroke(hole, '#000000', 9, 0.28)}
    <path d="${outer} ${hole}" fill="${person.scarf}" fill-rule="evenodd"/>
    ${softStroke(`${fold(-30, -100)} ${fold(40, 110)} M ${at(x(-half * 0.8), chin + 22)} Q ${at(x(0), chin + 70)} ${at(x(half * 0.8), chin + 16)} M ${at(x(-half * 0.7), chin + 40)} Q ${at(x(10), chin + 90)} ${at(x(half * 0.6), chin + 44)}`, dark, 6, 0.4)}
    <path d="${hole}" stroke="${mix(person.scarf, '#ffffff', 0.25)}" stroke-width="3" fill="none" opacity=".7"/>`;
}
