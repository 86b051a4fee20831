import PDFDocument from 'pdfkit';
import type { FontName } from './fonts';
import { type FontSet, openFonts } from './pdf/font-set';
import { type Line, layText } from './pdf/lay-text';
import { CHARACTERS_MAX, type PageText, paragraphsOf } from './pdf/said';

const MARGIN = 44;
const FOOT = 26;
const INK = '#16181d';
const MUTED = '#5b6270';
const BAD = '#b3261e';
const RULE = '#d5d9e0';
const LABEL_WIDTH = 130;
const TEXT_SIZE = 9;
/** Tall enough for the marks above and below letters of every script. */
const LINE_HEIGHT = 1.5;
const BASELINE = 1.1;
const CAPTION_LINES_MAX = 6;
const PICTURE_HEIGHT_MAX = 250;
/** Texts from elsewhere in one document, some 50 pages; beyond it each is cut short, and says so. */
const ALL_CHARACTERS_MAX = 200_000;
const SHORT = 200;

export interface Look {
  font?: FontName;
  size?: number;
  muted?: boolean;
  /** For what must not be overlooked. */
  bad?: boolean;
}

export interface PagePicture {
  bytes: Buffer;
  width: number;
  height: number;
  caption: PageText;
}

/** An A4 document that is written from top to bottom. Texts may be of any script and length; they wrap, and pages follow as needed. */
export class PdfPage {
  readonly #pdf: PDFKit.PDFDocument;
  readonly #fonts: FontSet;
  readonly #chunks: Buffer[] = [];
  #left = ALL_CHARACTERS_MAX;
  readonly width: number;

  /** `created` is said to be when the document was made. */
  static async open(info: { title: string; created: Date }): Promise<PdfPage> {
    return new PdfPage(await openFonts(), info);
  }

  private constructor(fonts: FontSet, { title, created }: { title: string; created: Date }) {
    this.#fonts = fonts;
    this.#pdf = new PDFDocument({
      ...{ size: 'A4', margin: MARGIN, bufferPages: true, lang: 'en', displayTitle: true },
      info: { Title: title, Creator: 'Second Look', Producer: 'Second Look', CreationDate: created },
    });
    this.#pdf.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    this.width = this.#pdf.page.width - 2 * MARGIN;
  }

  title(text: PageText, below: PageText): void {
    this.text(text, { font: 'bold', size: 18 });
    this.text(below, { muted: true });
  }

  heading(text: PageText): void {
    this.#keep(60);
    const pdf = this.#pdf;
    pdf.y += 11;
    pdf
      .moveTo(MARGIN, pdf.y)
      .lineTo(MARGIN + this.width, pdf.y)
      .lineWidth(0.6)
      .stroke(RULE);
    pdf.y += 5;
    this.text(text, { font: 'bold', size: 11 });
    pdf.y += 2;
  }

  text(text: PageText, look: Look = {}): void {
    for (const line of this.#lines(text, this.width, look)) {
      const height = this.#height(look);
      this.#keep(height);
      this.#line(line, MARGIN, this.#pdf.y, this.width, look);
      this.#pdf.y += height;
    }
  }

  /** A name and what belongs to it, side by side. */
  pair(name: PageText, value: PageText, look: Look = {}): void {
    const named: Look = { muted: true };
    const names = this.#lines(name, LABEL_WIDTH - 8, named);
    const valueWidth = this.width - LABEL_WIDTH;
    const values = this.#lines(value, valueWidth, look);
    const height = this.#height(look);
    for (let row = 0; row < Math.max(names.length, values.length); row += 1) {
      this.#keep(height);
      this.#line(names[row], MARGIN, this.#pdf.y, LABEL_WIDTH - 8, named);
      this.#line(values[row], MARGIN + LABEL_WIDTH, this.#pdf.y, valueWidth, look);
      this.#pdf.y += height;
    }
  }

  /** Pictures, two beside each other, each with its caption below it. */
  pictures(pictures: PagePicture[]): void {
    for (let at = 0; at < pictures.length; at += 2) this.#row(pictures.slice(at, at + 2));
  }

  /** Resolves to the finished document. `foot` stands at the foot of each page with its number: a line, and one for a hash below it. */
  async end(foot: PageText, hash: PageText): Promise<Buffer> {
    const pdf = this.#pdf;
    const { count } = pdf.bufferedPageRange();
    const look: Look = { size: 7.5, muted: true };
    for (let index = 0; index < count; index += 1) {
      pdf.switchToPage(index);
      const y = pdf.page.height - MARGIN - FOOT + 14;
      this.#line(this.#lines(foot, this.width - 70, look)[0], MARGIN, y, this.width, look);
      this.#line(this.#lines({ said: `Page ${index + 1} of ${count}` }, 70, look)[0], MARGIN + this.width - 52, y, 52, look);
      this.#line(this.#lines(hash, this.width, look)[0], MARGIN, y + 12, this.width, look);
    }
    const ended = new Promise<void>((resolve, reject) => {
      pdf.once('end', resolve);
      pdf.once('error', reject);
    });
    pdf.end();
    await ended;
    return Buffer.concat(this.#chunks);
  }

  #row(pictures: PagePicture[]): void {
    const pdf = this.#pdf;
    const gap = 12;
    const width = (this.width - gap) / 2;
    const look: Look = { size: 8, muted: true };
    const captions = pictures.map(({ caption }) => this.#lines(caption, width, look).slice(0, CAPTION_LINES_MAX));
    const heights = pictures.map((picture) => Math.min(PICTURE_HEIGHT_MAX, (width * picture.height) / picture.width));
    const below = captions.map(({ length }) => 4 + length * this.#height(look));
    const height = Math.max(...heights.map((own, index) => own + (below[index] ?? 0)));
    this.#keep(height);
    const top = pdf.y;
    for (const [index, { bytes }] of pictures.entries()) {
      const x = MARGIN + index * (width + gap);
      const own = heights[index] ?? 0;
      pdf.image(bytes, x, top, { fit: [width, own] });
      for (const [row, line] of (captions[index] ?? []).entries())
        this.#line(line, x, top + own + 4 + row * this.#height(look), width, look);
    }
    pdf.x = MARGIN;
    pdf.y = top + height + 8;
  }

  #keep(height: number): void {
    const { page } = this.#pdf;
    if (this.#pdf.y + height > page.height - MARGIN - FOOT) this.#pdf.addPage();
  }

  #height({ size = TEXT_SIZE }: Look): number {
    return size * LINE_HEIGHT;
  }

  #lines(text: PageText, width: number, { font = 'sans', size = TEXT_SIZE }: Look): Line[] {
    const max = Math.max(SHORT, Math.min(CHARACTERS_MAX, this.#left));
    if (typeof text === 'string') this.#left -= Math.min(text.length, max);
    return paragraphsOf(text, max).flatMap((paragraph) => layText(this.#fonts, paragraph, { font, size, width }));
  }

  #line(line: Line | undefined, left: number, top: number, width: number, { size = TEXT_SIZE, muted = false, bad = false }: Look): void {
    if (!line) return;
    const pdf = this.#pdf;
    const { y: before } = pdf;
    pdf.fontSize(size).fillColor(bad ? BAD : muted ? MUTED : INK);
    const start = line.toTheRight ? left + width - line.width : left;
    for (const run of line.runs) {
      const font = this.#fonts.font(run.face);
      font.direction = run.direction;
      pdf.registerFont(run.face, font).font(run.face);
      // Who copies text out of the page gets what is meant, not the shapes in the order they are drawn.
      const isPlain = run.direction === 'ltr' && run.text === run.meant && /^[\p{Script=Latin}\p{Script=Common}]*$/u.test(run.text);
      if (!isPlain) pdf.markContent('Span', { actual: run.meant });
      pdf.text(run.text, start + run.left, top + size * BASELINE, {
        lineBreak: false,
        baseline: 'alphabetic',
        features: [],
        textWidth: run.width,
      });
      if (!isPlain) pdf.endMarkedContent();
    }
    pdf.x = MARGIN;
    pdf.y = before;
  }
}
