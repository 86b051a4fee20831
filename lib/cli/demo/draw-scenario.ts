import { drawCard } from './card';
import { drawCardBack } from './card-back';
import { cardOf } from './cast';
import type { Backdrop } from './draw-backdrop';
import { drawEmptyScene } from './empty-scene';
import { photographCard, photographSelfie } from './photograph';
import { drawPortrait, type PortraitOptions } from './portrait';
import { randomOf } from './random';
import { settle } from './settle';
import { spoofSelfie } from './spoof';
import type { Scenario, SelfiePicture } from './staging';
import { type PictureFormat, storePicture } from './store-picture';

export interface DrawnPicture {
  bytes: Buffer;
  fileName: string;
  contentType: `image/${PictureFormat}`;
}

/** Every selfie is drawn this wide and resized from there: drawing costs more than resizing, and a person's pose is drawn once. */
const DRAWN = { width: 720, height: 960 };

/** Draws the pictures of scenarios, remembering each person's card and portraits for as long as it lives. */
export class Studio {
  #drawn = new Map<string, Promise<Buffer>>();

  async id({ id, number }: Scenario): Promise<DrawnPicture> {
    const card = await this.#once(`${id.holder} ${id.side}`, () => this.#card(id.holder, id.side));
    const taken = await photographCard(card, id.look, id.width, number);
    return { bytes: await storePicture(taken, id.storage), fileName: id.fileName, contentType: `image/${id.storage.format}` };
  }

  async selfie({ selfie, number }: Scenario): Promise<DrawnPicture> {
    const { width, height } = DRAWN;
    const posed = await this.#posed(selfie, width, height, number);
    const shown = selfie.spoof
      ? await spoofSelfie(posed, selfie.spoof, width, height, number)
      : await photographSelfie(posed, selfie.look, number);
    const sized = selfie.width === width ? shown : await settle(shown.resize({ width: selfie.width }));
    return { bytes: await storePicture(sized, selfie.storage), fileName: selfie.fileName, contentType: `image/${selfie.storage.format}` };
  }

  #card(holder: number, side: Scenario['id']['side']): Promise<Buffer> {
    const fields = cardOf(holder);
    if (side === 'back') return drawCardBack(fields);
    if (side === 'front-without-portrait') return drawCard({ ...fields, portrait: null });
    return drawPortrait(holder, CARD_POSE).then((portrait) => drawCard({ ...fields, portrait }));
  }

  #posed(selfie: SelfiePicture, width: number, height: number, number: number): Promise<Buffer> {
    const { person } = selfie;
    if (person === null) return drawEmptyScene(randomOf(number).pick(BACKDROPS), number, width, height);
    const options = { ...selfiePose(person, selfie.mood, selfie.companions), width, height };
    return this.#once(`${person} ${JSON.stringify(options)}`, () => drawPortrait(person, options));
  }

  #once(key: string, draw: () => Promise<Buffer>): Promise<Buffer> {
    const known = this.#drawn.get(key);
    if (known) return known;
    const drawn = draw();
    this.#drawn.set(key, drawn);
    return drawn;
  }
}

/** The picture on a card: straight into the camera, no smile, twice the size it is printed in. */
const CARD_POSE: PortraitOptions = { width: 393, height: 504, faceShare: 0.6, place: { x: 0.5, y: 0.46 }, smile: 0, light: 1.02, grain: 4 };

const BACKDROPS: readonly [Backdrop, ...Backdrop[]] = ['wall', 'room', 'window', 'garden', 'office'];

/** Two ways a person takes a selfie, the same each time: that saves drawing them again. */
function selfiePose(person: number, mood: 0 | 1, companions: readonly number[]): PortraitOptions {
  const random = randomOf(person * 2 + mood + 700);
  const crowd = companions.length;
  return {
    companions,
    background: random.pick(BACKDROPS),
    smile: random.between(-0.1, 0.85),
    turn: random.between(-13, 13),
    tilt: random.between(-6, 6),
    lightSide: random.chance(0.5) ? 0.7 : -0.7,
    light: random.between(0.94, 1.06),
    faceShare: crowd === 0 ? random.between(0.44, 0.54) : crowd === 1 ? 0.34 : 0.27,
    place: { x: crowd === 1 ? 0.32 : random.between(0.48, 0.52), y: random.between(0.43, 0.47) },
    grain: 6,
  };
}
