import type { Person } from './person';
import { type Pose, shifted } from './pose';
import { randomOf } from './random';
import { at, glow, mix } from './svg';

/** Both eyes with their brows, as SVG around the middle of the face; `id` keeps clip paths of several heads apart. */
export function drawEyes(person: Person, pose: Pose, id: string): string {
  return [-1, 1].map((side) => drawEye(person, pose, side, `${id}eye${side + 1}`) + drawBrow(person, pose, side)).join('');
}

function drawEye(person: Person, pose: Pose, side: number, id: string): string {
  const { eyes, skin, feminine, age } = person;
  const x = shifted(pose, side * eyes.spread, 1);
  const y = eyes.height;
  const half = eyes.width * (1 + (side * pose.turn) / 260);
  const up = 12.5 * eyes.open * (1 - Math.max(0, pose.smile) * 0.16);
  const down = 8.5 * eyes.open;
  const [inner, outer] = [at(x - side * half, y + 4), at(x + side * half, y + eyes.slant)];
  const upper = `${at(x - side * half * 0.5, y - up * 1.25)} ${at(x + side * half * 0.55, y - up * 1.3)}`;
  const lower = `${at(x + side * half * 0.55, y + down * 1.2)} ${at(x - side * half * 0.4, y + down * 1.35)}`;
  const almond = `M ${inner} C ${upper} ${outer} C ${lower} ${inner} Z`;
  const lid = `M ${inner} C ${upper} ${at(x + side * (half + (feminine ? 4 : 1)), y + eyes.slant - (feminine ? 2.5 : 0))}`;
  const crease = `M ${at(x - side * half * 0.85, y - up * 0.7)} C ${at(x - side * half * 0.4, y - up * 1.75)} ${at(x + side * half * 0.5, y - up * 1.8)} ${at(x + side * half * 1.08, y - up * 0.6)}`;
  const bag = `M ${at(x - side * half * 0.8, y + down + 5)} Q ${at(x, y + down * 2 + 5)} ${at(x + side * half * 0.8, y + down + 4)}`;
  const iris = 11.6;
  const gaze = x + pose.turn * 0.1;
  return `
    ${glow(skin.shade, x, y - 3, half * 1.75, 36, 0.5)}${glow(skin.shade, x - side * half * 1.2, y + 2, 20, 24, 0.45)}
    ${glow(skin.light, x + side * 4, y - up * 1.9, half, 9, 0.42)}
    <path d="${bag}" stroke="${mix(skin.shade, '#5a3040', 0.3)}" stroke-width="${3 + age * 2}" fill="none" opacity="${0.16 + age * 0.4}" stroke-linecap="round"/>
    <clipPath id="${id}"><path d="${almond}"/></clipPath><path d="${almond}" fill="#f1ece7"/>
    <g clip-path="url(#${id})">
      ${glow('#b98b80', x - side * half, y + 3, 10, 8, 0.8)}
      <circle cx="${gaze.toFixed(1)}" cy="${(y - 1.5).toFixed(1)}" r="${iris}" fill="${mix(eyes.iris, '#0c0806', 0.5)}"/>
      <circle cx="${gaze.toFixed(1)}" cy="${(y - 1.5).toFixed(1)}" r="${iris - 1.8}" fill="${eyes.iris}"/>
      ${glow(mix(eyes.iris, '#ffffff', 0.45), gaze, y + 4, 9, 6, 0.75)}
      <circle cx="${gaze.toFixed(1)}" cy="${(y - 1.5).toFixed(1)}" r="4.9" fill="#090605"/>
      ${glow('#1a0f0b', x, y - up * 1.05, half * 1.15, 10, 0.62)}
    </g>
    <circle cx="${(gaze + pose.lightSide * 3.6).toFixed(1)}" cy="${(y - 5.4).toFixed(1)}" r="2.5" fill="#fff" opacity=".95"/>
    <path d="${lid}" stroke="#1d120d" stroke-width="${feminine ? 4.4 : 3.2}" fill="none" stroke-linecap="round"/>
    <path d="${crease}" stroke="${mix(skin.shade, '#2a140c', 0.35)}" stroke-width="2.2" fill="none" opacity=".62" stroke-linecap="round"/>
    <path d="M ${outer} C ${lower} ${inner}" stroke="${mix(skin.shade, '#3a1c14', 0.4)}" stroke-width="1.6" fill="none" opacity=".65"/>`;
}

/** A brow is many short hairs over a soft ground; a single stroke looks like felt pen. */
function drawBrow(person: Person, pose: Pose, side: number): string {
  const { eyes, brows, hair, skin } = person;
  const random = randomOf(person.seed * 31 + side);
  const x = shifted(pose, side * (eyes.spread + 3), 1);
  const y = eyes.height - brows.lift - Math.max(0, pose.smile) * 3;
  const colour = mix(hair.colour, skin.shade, 0.12);
  const height = (share: number) => y - Math.sin(share * Math.PI * 0.8) * brows.arch + (share - 0.5) * brows.angle * 2 + share ** 3 * 7;
  const across = (share: number) => x + side * brows.length * (share * 2 - 1);
  const points = Array.from({ length: 9 }, (_, step) => step / 8);
  const thick = (share: number) => brows.weight * (share < 0.15 ? 0.7 + share * 2 : 1.06 - share * 0.75) * 0.5;
  const top = points.map((share) => at(across(share), height(share) - thick(share)));
  const bottom = points.toReversed().map((share) => at(across(share), height(share) + thick(share)));
  const hairs = Array.from({ length: 26 }, () => {
    const share = random.next();
    const [fromX, fromY] = [across(share), height(share) + thick(share) * random.between(-0.6, 1.1)];
    return `M ${at(fromX, fromY)} l ${at(side * random.between(5, 10), -random.between(1, 6) * (1 - share))}`;
  });
  return `<path d="M ${top.join(' L ')} L ${bottom.join(' L ')} Z" fill="${colour}" opacity=".72"/>
    <path d="${hairs.join(' ')}" stroke="${colour}" stroke-width="1.5" fill="none" opacity=".75" stroke-linecap="round"/>`;
}
