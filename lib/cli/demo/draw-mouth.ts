import type { Person } from './person';
import { type Pose, shifted } from './pose';
import { at, glow, mix, softStroke } from './svg';

/** Nose and mouth, as SVG around the middle of the face. */
export const drawMiddle = (person: Person, pose: Pose): string => drawNose(person, pose) + drawMouth(person, pose);

function drawNose(person: Person, pose: Pose): string {
  const { nose, skin, eyes } = person;
  const bottom = eyes.height + nose.length;
  const tip = shifted(pose, 0, 1.7);
  const root = shifted(pose, 0, 1.1);
  const { width, bridge } = nose;
  const dark = -Math.sign(pose.lightSide || 1);
  const deep = mix(skin.shade, '#3a1a10', 0.35);
  const flank = (side: number) =>
    `M ${at(root + side * bridge * 1.5, eyes.height - 12)} C ${at(root + side * bridge, eyes.height + nose.length * 0.4)} ${at(tip + side * bridge * 1.1, bottom - 26)} ${at(tip + side * width * 0.75, bottom - 10)}`;
  const wing = (side: number) =>
    `M ${at(tip + side * width * 0.72, bottom - 15)} Q ${at(tip + side * width * 1.16, bottom - 6)} ${at(tip + side * width * 0.92, bottom + 6)} Q ${at(tip + side * width * 0.72, bottom + 10)} ${at(tip + side * width * 0.5, bottom + 6)}`;
  const nostril = (side: number) =>
    `<ellipse cx="${(tip + side * width * 0.5).toFixed(1)}" cy="${(bottom + 5).toFixed(1)}" rx="${(width * 0.24).toFixed(1)}" ry="3.4" fill="${mix(deep, '#1a0a06', 0.6)}" opacity=".7" transform="rotate(${side * -14} ${at(tip + side * width * 0.5, bottom + 5)})"/>`;
  return `
    ${softStroke(flank(dark), skin.shade, 11, 0.5)}${softStroke(flank(-dark), skin.shade, 8, 0.26)}
    ${glow(skin.light, root, eyes.height + nose.length * 0.4, bridge, nose.length * 0.55, 0.55)}
    ${glow(skin.shade, tip, bottom + 10, width * 1.35, 13, 0.62)}${glow(mix(skin.base, '#c9604f', 0.4), tip, bottom - 8, width, 19, 0.3)}
    ${glow('#ffffff', tip - dark * -3, bottom - 14, 9, 8, 0.4)}
    <path d="${wing(1)} ${wing(-1)}" stroke="${deep}" stroke-width="3.4" fill="none" opacity=".55" stroke-linecap="round"/>
    <path d="M ${at(tip - width * 0.3, bottom + 8)} Q ${at(tip, bottom + 14)} ${at(tip + width * 0.3, bottom + 8)}" stroke="${deep}" stroke-width="2.6" fill="none" opacity=".45"/>
    ${nostril(1)}${nostril(-1)}`;
}

function drawMouth(person: Person, pose: Pose): string {
  const { mouth, skin, age } = person;
  const x = shifted(pose, 0, 1.25);
  const y = mouth.height;
  const half = mouth.width * (1 + Math.max(0, pose.smile) * 0.16);
  const lift = 3 + pose.smile * 9;
  const gap = Math.max(0, pose.smile - 0.45) * 22;
  const [left, right] = [at(x - half, y - lift), at(x + half, y - lift)];
  const line = (sag: number) => `${at(x - half * 0.4, y + sag)} ${at(x + half * 0.4, y + sag)}`;
  const top = `M ${left} C ${at(x - half * 0.55, y - mouth.upper * 0.7)} ${at(x - 16, y - mouth.upper * 1.15)} ${at(x - 8, y - mouth.upper)} Q ${at(x, y - mouth.upper + 5)} ${at(x + 8, y - mouth.upper)} C ${at(x + 16, y - mouth.upper * 1.15)} ${at(x + half * 0.55, y - mouth.upper * 0.7)} ${right}`;
  const lipUpper = `${top} C ${at(x + half * 0.4, y + 3)} ${at(x - half * 0.4, y + 3)} ${left} Z`;
  const lowest = y + gap + mouth.lower * 1.35 + pose.smile * 3;
  const lipLower = `M ${left} C ${line(gap + 4)} ${right} C ${at(x + half * 0.55, lowest)} ${at(x - half * 0.55, lowest)} ${left} Z`;
  const opening = `M ${left} C ${line(2)} ${right} C ${at(x + half * 0.4, y + gap + 5)} ${at(x - half * 0.4, y + gap + 5)} ${left} Z`;
  const fold = (side: number) =>
    `M ${at(shifted(pose, side * 40, 1.2), y - 34)} Q ${at(x + side * (half + 18), y - 16)} ${at(x + side * (half + 13), y + 10)}`;
  const dark = mix(skin.lip, '#3a0f10', 0.6);
  return `
    ${glow(skin.shade, x, y + mouth.lower * 1.3 + gap + 14, 36, 11, 0.5)}${glow(skin.light, x, y - mouth.upper - 12, 9, 12, 0.25)}
    ${glow(skin.shade, x - half - 5, y - lift, 12, 12, 0.5)}${glow(skin.shade, x + half + 5, y - lift, 12, 12, 0.5)}
    ${softStroke(`${fold(-1)} ${fold(1)}`, skin.shade, 5, 0.1 + age * 0.24 + Math.max(0, pose.smile) * 0.12)}
    ${gap > 2 ? `<path d="${opening}" fill="#efe9e2"/><path d="${opening}" fill="none" stroke="${dark}" stroke-width="2.4" opacity=".55"/>` : ''}
    <path d="${lipUpper}" fill="${mix(skin.lip, '#2a0808', 0.16)}"/>
    <path d="${lipLower}" fill="${skin.lip}"/>
    ${glow('#ffffff', x + pose.lightSide * 5, y + gap + mouth.lower * 0.62, half * 0.42, mouth.lower * 0.34, 0.3)}
    <path d="M ${left} C ${line(gap > 2 ? 3 : 4)} ${right}" stroke="${dark}" stroke-width="2.6" fill="none" opacity=".85" stroke-linecap="round"/>`;
}
