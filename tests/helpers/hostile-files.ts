import sharp from 'sharp';

/** An evidence file that is not what it should be, and what a screen has to say about it. */
export interface HostileFile {
  what: string;
  bytes: Buffer;
  /** What the upstream calls it. */
  contentType: string;
  /** What the reviewer reads. */
  says: RegExp;
  /** Whether there is something to look at all the same. */
  drawn: boolean;
  /** It cannot be what the record names, so the console does not hand it on. */
  refused?: boolean;
}

/** Run by whatever shows the file as a page. */
const TRAP = 'document.documentElement.dataset.hacked=1;window.hacked=1';

/** Every kind of file a careless or a malicious sender hands in. */
export async function hostileFiles(): Promise<HostileFile[]> {
  const noise = sharp(
    Buffer.alloc(400 * 300 * 3).map((_, index) => (index * 7919) % 251),
    { raw: { width: 400, height: 300, channels: 3 } },
  );
  const jpeg = await noise.clone().jpeg({ quality: 92 }).toBuffer();
  const png = await noise.clone().png().toBuffer();
  const picture = (what: string, bytes: Buffer, says: RegExp, drawn = false, contentType = 'image/jpeg'): HostileFile => ({
    what,
    bytes,
    contentType,
    says,
    drawn,
  });
  return [
    refused(picture('no bytes at all', Buffer.alloc(0), /The file is empty/)),
    picture('half a picture', jpeg.subarray(0, jpeg.length / 2), /cut off: part of the picture is missing/, true),
    picture('the first bytes of a picture', jpeg.subarray(0, 120), /cut off before anything of it can be seen/),
    picture('a PNG called JPEG', png, /Said to be image\/jpeg, but it is a PNG picture/, true),
    picture('a picture of 3.6 billion pixels', bomb(png), /60,000 × 60,000 pixels/, false, 'image/png'),
    refused(
      picture(
        'a page called JPEG',
        Buffer.from(`<!doctype html><script>${TRAP}</script><h1>ID</h1>`),
        /sent a web page in place of the file/,
      ),
    ),
    picture('a page', Buffer.from(`\ufeff <html><img src=x onerror="${TRAP}"></html>`), /It is a web page.*act/, false, 'text/html'),
    picture('a drawing', svg(), /SVG drawing, which can hold scripts.*act/, false, 'image/svg+xml'),
    refused(picture('a drawing called PNG', svg(), /sent an SVG drawing.*in place of the file/, false, 'image/png')),
    picture('a photo of a phone', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), /HEIC photo/, false, 'image/heic'),
    refused(picture('an archive', Buffer.from('PK\x03\x04\x14\0\0\0', 'latin1'), /ZIP archive/)),
    picture('a document that wants to act', pdf(), /Page 1 of a PDF of 2 pages/, true, 'application/pdf'),
    picture('a document called JPEG', pdf(), /PDF of 2 pages.*Said to be image\/jpeg|Said to be image\/jpeg/, true),
    picture('a broken document', Buffer.from('%PDF-1.7\n%%EOF'), /PDF document.*it is damaged/),
    picture('nonsense', Buffer.from([1, 2, 3, 4, 5, 250, 0, 9]), /nothing that can be shown/, false, 'application/octet-stream'),
  ];
}

const refused = (file: HostileFile): HostileFile => ({ ...file, refused: true });

const svg = () =>
  Buffer.from(
    `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="${TRAP}"><script>${TRAP}</script><rect width="9" height="9"/></svg>`,
  );

// The header claims it; no decoder should be asked.
function bomb(png: Buffer): Buffer {
  const bytes = Buffer.from(png);
  bytes.writeUInt32BE(60_000, 16);
  bytes.writeUInt32BE(60_000, 20);
  return bytes;
}

/** Two pages, the first with a red field and a word; a script that runs on opening, and a link over all of it. */
export function pdf(): Buffer {
  const page = '1 0 0 rg 50 300 200 100 re f BT /F1 40 Tf 60 500 Td (SPECIMEN) Tj ET';
  const objects = [
    `<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(${TRAP})>>>>`,
    '<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>/Annots[7 0 R]>>',
    `<</Length ${page.length}>>stream\n${page}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]>>',
    '<</Type/Annot/Subtype/Link/Rect[0 0 400 600]/A<</S/URI/URI(http://127.0.0.1:9/followed)>>>>',
  ];
  let text = '%PDF-1.7\n';
  const places = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}`;
  return Buffer.from(`${text}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF`);
}
