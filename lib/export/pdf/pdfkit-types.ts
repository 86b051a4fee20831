import type { Font } from 'fontkit';

// What pdfkit takes and its types leave out: a font that is open already, and the width of a text that is measured already.
declare global {
  namespace PDFKit.Mixins {
    interface TextOptions {
      textWidth?: number;
    }
    interface PDFFont {
      registerFont(name: string, font: Font): this;
    }
  }
}
