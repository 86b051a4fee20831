import { afterMirror, afterTurns, type Orientation } from './orientation';

interface Box {
  type: string;
  /** The content without the header. */
  start: number;
  end: number;
}

/**
 * Reads how AVIF and HEIC say that their main picture is turned and mirrored (ISO/IEC 23008-12, `irot` and `imir`). Every decoder of these
 * formats obeys them, and none their EXIF. Whatever cannot be read counts as upright.
 */
export function containerOrientation(bytes: Uint8Array): Orientation {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const meta = boxesIn(view, 0, view.byteLength).find(({ type }) => type === 'meta');
    if (!meta) return 1;
    // Four bytes of version and flags come first.
    const inMeta = boxesIn(view, meta.start + 4, meta.end);
    const main = mainItem(view, inMeta);
    const properties = inMeta.find(({ type }) => type === 'iprp');
    if (main === null || !properties) return 1;
    const inProperties = boxesIn(view, properties.start, properties.end);
    const list = inProperties.find(({ type }) => type === 'ipco');
    const known = list ? boxesIn(view, list.start, list.end) : [];
    const own = inProperties.filter(({ type }) => type === 'ipma').flatMap((box) => associated(view, box, main));
    let orientation: Orientation = 1;
    for (const index of own) {
      const property = known[index - 1];
      if (property?.type === 'irot') orientation = afterTurns(orientation, -(view.getUint8(property.start) & 3));
      if (property?.type === 'imir')
        orientation = afterMirror(orientation, (view.getUint8(property.start) & 1) === 1 ? 'left-right' : 'up-down');
    }
    return orientation;
  } catch {
    return 1;
  }
}

function boxesIn(view: DataView, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= to; ) {
    const size = view.getUint32(at);
    const type = String.fromCharCode(view.getUint8(at + 4), view.getUint8(at + 5), view.getUint8(at + 6), view.getUint8(at + 7));
    const header = size === 1 ? 16 : 8;
    const length = size === 0 ? to - at : size === 1 ? Number(view.getBigUint64(at + 8)) : size;
    if (length < header) break;
    boxes.push({ type, start: at + header, end: Math.min(to, at + length) });
    at += length;
  }
  return boxes;
}

function mainItem(view: DataView, boxes: readonly Box[]): number | null {
  const box = boxes.find(({ type }) => type === 'pitm');
  if (!box) return null;
  return view.getUint8(box.start) === 0 ? view.getUint16(box.start + 4) : view.getUint32(box.start + 4);
}

/** The numbers of the properties of an item, in the order in which they are applied. */
function associated(view: DataView, { start, end }: Box, item: number): number[] {
  const wideItems = view.getUint8(start) >= 1;
  const wideIndexes = (view.getUint8(start + 3) & 1) === 1;
  const entries = view.getUint32(start + 4);
  let at = start + 8;
  for (let entry = 0; entry < entries && at < end; entry++) {
    const id = wideItems ? view.getUint32(at) : view.getUint16(at);
    at += wideItems ? 4 : 2;
    const count = view.getUint8(at);
    at += 1;
    const indexes = Array.from({ length: count }, (_, index) =>
      wideIndexes ? view.getUint16(at + index * 2) & 0x7f_ff : view.getUint8(at + index) & 0x7f,
    );
    if (id === item) return indexes;
    at += count * (wideIndexes ? 2 : 1);
  }
  return [];
}
