import type { CardTheme } from './card-theme';
import { randomOf } from './random';
import { at, mix } from './svg';

const WIDTH = 1012;
const HEIGHT = 638;

/** Paper, fine line pattern, header band and emblem of a card. The pattern follows from the document number. */
export function cardGround(theme: CardTheme, number: string): string {
  const random = randomOf([...number].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) >>> 0);
  const [low, high] = [random.between(20, 60), random.between(1.5, 3.2)];
  return `<clipPath id="card"><rect width="${WIDTH}" height="${HEIGHT}" rx="36"/></clipPath><g clip-path="url(#card)">
    <linearGradient id="paper" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${theme.paper[0]}"/><stop offset="1" stop-color="${theme.paper[1]}"/></linearGradient>
    <rect width="${WIDTH}" height="${HEIGHT}" fill="url(#paper)"/>
    <path d="${waves(low, high)}" stroke="${mix(theme.accent, '#ffffff', 0.45)}" stroke-width="1" fill="none" opacity=".38"/>
    ${rosette(720, 330, 190, theme.accent, Math.round(random.between(7, 12)))}
    <rect width="${WIDTH}" height="126" fill="${theme.band}"/><path d="${waves(6, 5, 126)}" stroke="#fff" stroke-width="1" fill="none" opacity=".16"/>
    ${rosette(84, 63, 40, '#ffffff', 6)}<circle cx="84" cy="63" r="14" fill="#fff" opacity=".9"/><path d="${star(84, 63, 10)}" fill="${theme.band}"/></g>`;
}

function waves(height: number, bends: number, until = HEIGHT): string {
  const lines = Array.from({ length: Math.ceil((until + 80) / 13) }, (_, line) => {
    const y = line * 13 - 40;
    const points = Array.from({ length: 24 }, (_point, step) =>
      at(step * 44, y + Math.sin((step / 23) * Math.PI * bends + line * 0.12) * height),
    );
    return `M ${points.join(' L ')}`;
  });
  return lines.join(' ');
}

/** A spirograph figure, as security printers draw them. */
function rosette(x: number, y: number, radius: number, colour: string, petals: number): string {
  const ring = (share: number) =>
    Array.from({ length: 181 }, (_, step) => {
      const angle = (step / 180) * Math.PI * 2;
      const reach = radius * share * (0.74 + 0.26 * Math.cos(petals * angle + share * 5));
      return at(x + Math.cos(angle) * reach, y + Math.sin(angle) * reach);
    });
  const rings = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4].map((share) => `M ${ring(share).join(' L ')} Z`);
  return `<path d="${rings.join(' ')}" fill="none" stroke="${colour}" stroke-width="1.1" opacity=".34"/>`;
}

function star(x: number, y: number, radius: number): string {
  const points = Array.from({ length: 10 }, (_, step) => {
    const angle = (step / 10) * Math.PI * 2 - Math.PI / 2;
    const reach = step % 2 === 0 ? radius : radius * 0.42;
    return at(x + Math.cos(angle) * reach, y + Math.sin(angle) * reach);
  });
  return `M ${points.join(' L ')} Z`;
}
