import PDFDocument from 'pdfkit';
import { FONT_FILES, type FontName, printable } from './fonts';

const MARGIN = 44;
const INK = '#16181d';
const MUTED = '#5b6270';
const LINE = '#d5d9e0';
const LABEL_WIDTH = 130;

export interface PdfPage {
  width: number;
  title(text: string, below: string): void;
  heading(text: string): void;
  /** A line of text; `tone` bad is for what must not be overlooked. */
  text(text: string, look?: { font?: FontName; size?: number; muted?: boolean; bad?: boolean }): void;
  /** A name and what belongs to it, side by side. */
  pair(name: string, value: string, look?: { font?: FontName; bad?: boolean }): void;
  /** Pictures beside each other, each with a caption. */
  pictures(pictures: { bytes: Buffer; width: number; height: number; caption: string }[]): void;
  /** The finished document; `footer` stands at the foot of each page, before its number. */
  end(footer: string): Promise<Buffer>;
}

/** An A4 document that is written from top to bottom. Times in it are the caller's; `created` is said to be when it was made. */
export function pdfPage(info: { title: string; created: Date }): PdfPage {
  const pdf = new PDFDocument({
    ...{ size: 'A4', margin: MARGIN, bufferPages: true, lang: 'en', displayTitle: true },
    info: { Title: info.title, Creator: 'Second Look', Producer: 'Second Look', CreationDate: info.created },
  });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  for (const [name, file] of Object.entries(FONT_FILES)) pdf.registerFont(name, file);
  const width = pdf.page.width - 2 * MARGIN;
  const keep = (height: number) => {
    if (pdf.y + height > pdf.page.height - MARGIN - 14) pdf.addPage();
  };
  const write = (text: string, font: FontName, size: number, colour: string, options: PDFKit.Mixins.TextOptions = {}) =>
    pdf.font(font).fontSize(size).fillColor(colour).text(printable(text, font), options);
  const page: PdfPage = {
    width,
    title: (text, below) => {
      write(text, 'bold', 18, INK);
      write(below, 'sans', 9, MUTED);
    },
    heading: (text) => {
      keep(60);
      pdf.moveDown(1);
      pdf
        .moveTo(MARGIN, pdf.y)
        .lineTo(MARGIN + width, pdf.y)
        .lineWidth(0.6)
        .stroke(LINE);
      pdf.moveDown(0.4);
      write(text, 'bold', 11, INK);
      pdf.moveDown(0.2);
    },
    text: (text, { font = 'sans', size = 9, muted = false, bad = false } = {}) => {
      keep(size * 1.4);
      write(text, font, size, bad ? '#b3261e' : muted ? MUTED : INK, { width, lineGap: 1.5 });
    },
    pair: (name, value, { font = 'sans', bad = false } = {}) => {
      const shown = printable(value, font);
      pdf.font(font).fontSize(9);
      const valueWidth = width - LABEL_WIDTH;
      keep(Math.min(pdf.heightOfString(shown, { width: valueWidth, lineGap: 1.5 }), 120));
      const top = pdf.y;
      write(name, 'sans', 9, MUTED, { width: LABEL_WIDTH - 8 });
      const left = { page: pdf.bufferedPageRange().count, y: pdf.y };
      pdf.y = top;
      pdf
        .font(font)
        .fontSize(9)
        .fillColor(bad ? '#b3261e' : INK)
        .text(shown, MARGIN + LABEL_WIDTH, top, { width: valueWidth, lineGap: 1.5 });
      if (pdf.bufferedPageRange().count === left.page) pdf.y = Math.max(pdf.y, left.y);
      pdf.x = MARGIN;
    },
    pictures: (pictures) => {
      const gap = 12;
      const box = { width: (width - gap * (pictures.length - 1)) / pictures.length, height: 250 };
      const heights = pictures.map((picture) => Math.min(box.height, (box.width * picture.height) / picture.width));
      const height = Math.max(...heights);
      keep(height + 30);
      const top = pdf.y;
      for (const [index, { bytes, caption }] of pictures.entries()) {
        const x = MARGIN + index * (box.width + gap);
        pdf.image(bytes, x, top, { fit: [box.width, height], align: 'center', valign: 'center' });
        pdf
          .font('sans')
          .fontSize(8)
          .fillColor(MUTED)
          .text(printable(caption), x, top + height + 4, { width: box.width });
      }
      pdf.x = MARGIN;
      pdf.y = top + height + 18;
    },
    end: async (footer) => {
      const { count } = pdf.bufferedPageRange();
      for (let index = 0; index < count; index += 1) {
        pdf.switchToPage(index);
        // Text below the margin would open a page of its own.
        pdf.page.margins.bottom = 0;
        const y = pdf.page.height - MARGIN + 8;
        pdf
          .font('sans')
          .fontSize(7.5)
          .fillColor(MUTED)
          .text(printable(footer), MARGIN, y, { width: width - 60, lineBreak: false });
        pdf.text(`${index + 1} of ${count}`, MARGIN + width - 60, y, { width: 60, align: 'right', lineBreak: false });
      }
      const ended = new Promise<void>((resolve, reject) => {
        pdf.once('end', resolve);
        pdf.once('error', reject);
      });
      pdf.end();
      await ended;
      return Buffer.concat(chunks);
    },
  };
  return page;
}
