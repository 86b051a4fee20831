// Reads PDF files away from the page, as a script of our own origin; it gets bytes and answers with drawing instructions. What its
// decoders complain about goes to the page too: that is set up first.
import './pass-on-warnings';
import 'pdfjs-dist/build/pdf.worker.min.mjs';
