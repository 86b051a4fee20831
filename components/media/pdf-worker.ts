// Reads PDF files away from the page, as a script of our own origin; it gets bytes and answers with drawing instructions.
import 'pdfjs-dist/build/pdf.worker.min.mjs';
