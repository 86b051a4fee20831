/** What a camera wrote into a picture. All of it can be forged; what is absent is null. */
export interface CameraFacts {
  /** "2024-03-02 14:11:09", the camera's own clock, which has no zone unless one is named behind it. */
  takenAt: string | null;
  /** Maker and model. */
  camera: string | null;
  /** The program that wrote the file last. */
  software: string | null;
}

const NOTHING: CameraFacts = { takenAt: null, camera: null, software: null };
const FIELDS = ['DateTimeOriginal', 'OffsetTimeOriginal', 'Make', 'Model', 'Software'];
const LENGTH_MAX = 80;

/** Reads the EXIF data of a picture; whatever cannot be read counts as absent. `head` is its beginning. */
export async function cameraFacts(head: ArrayBuffer): Promise<CameraFacts> {
  try {
    const { parse } = await import('exifr');
    const found: unknown = await parse(head, { pick: FIELDS, reviveValues: false });
    if (typeof found !== 'object' || found === null) return NOTHING;
    const text = (name: string) => textOf(new Map(Object.entries(found)).get(name));
    const [make, model] = [text('Make'), text('Model')];
    const camera = make && model && !model.toLowerCase().startsWith(make.toLowerCase()) ? `${make} ${model}` : (model ?? make);
    return { takenAt: takenAt(text('DateTimeOriginal'), text('OffsetTimeOriginal')), camera, software: text('Software') };
  } catch {
    return NOTHING;
  }
}

function takenAt(date: string | null, offset: string | null): string | null {
  const match = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(date ?? '');
  if (!match) return null;
  return [`${match[1]}-${match[2]}-${match[3]} ${match[4]}`, offset].filter(Boolean).join(' ');
}

function textOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const clean = value.replace(/[\p{Cc}\p{Cf}]/gu, '').trim();
  return clean === '' ? null : clean.slice(0, LENGTH_MAX);
}
