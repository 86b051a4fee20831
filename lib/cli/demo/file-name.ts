import type { DocumentKind } from './card-theme';
import { randomOf } from './random';
import type { PictureFormat } from './store-picture';

const ENDINGS: Record<PictureFormat, readonly [string, ...string[]]> = {
  jpeg: ['jpg', 'jpg', 'jpg', 'jpeg', 'JPG'],
  png: ['png'],
  webp: ['webp'],
};

const ID_NAMES: Record<DocumentKind, readonly [string, ...string[]]> = {
  identity: ['id_front', 'id-card', 'ID front (1)', "carte d'identité", 'scan_0047', 'Personalausweis'],
  licence: ['drivers_license', 'drivers_license_front', 'Führerschein', 'licence scan'],
  residence: ['residence_card', 'residence_card_front', '在留カード', 'titre de séjour'],
  passport: ['passport', 'passport', 'passport_card', 'Passport scan 2'],
};
const SELFIE_NAMES: readonly [string, ...string[]] = ['selfie', 'selfie', 'selfie', 'face', 'selfie 2', 'Foto perfil', '自撮り', 'capture'];

/** The name an integrator's customer might have given the picture of a document. */
export function idFileName(kind: DocumentKind, format: PictureFormat, position: number): string {
  const random = randomOf(position + 31_000);
  return `${random.chance(0.12) ? phoneName(position, 2) : random.pick(ID_NAMES[kind])}.${random.pick(ENDINGS[format])}`;
}

export function selfieFileName(format: PictureFormat, position: number): string {
  const random = randomOf(position + 57_000);
  return `${random.chance(0.25) ? phoneName(position, 3) : random.pick(SELFIE_NAMES)}.${random.pick(ENDINGS[format])}`;
}

/** Phones number their pictures: IMG_2207 and up. */
const phoneName = (position: number, step: number): string => `IMG_${2207 + position * 5 + step}`;
