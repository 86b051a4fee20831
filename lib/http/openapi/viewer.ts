import { VIEWER_FOLDERS } from '../viewer-file';
import { inPath, inQuery, type Operation, upstreamRefusals } from './operation';
import { oneOf, text } from './schemas';

const header = (description: string) => ({ description, schema: text });

export const VIEWER_PATHS: Record<string, Record<string, Operation>> = {
  '/api/files/{name}/frame': {
    get: {
      summary: 'One frame of an evidence clip, as JPEG',
      description:
        'For clips a browser cannot play. It is the last frame that begins no later than the moment asked for. That the clip was looked at is recorded in the audit log before the first byte. At most 60 frames a minute for a session, two at once.',
      access: 'records.read',
      parameters: [
        inPath('name', text, 'Last segment of the file’s url in the record; a bare name.'),
        inQuery('at', { type: 'number', minimum: 0, default: 0 }, 'Milliseconds from the start of the clip.'),
      ],
      answers: {
        '200': {
          description: 'The frame.',
          headers: {
            'x-frame-time-ms': header('Where the frame itself begins, in milliseconds.'),
            'x-clip-size': header('Width and height of the clip as shown; the JPEG of a large one has fewer pixels.'),
            'x-clip-codec': header('Codec and profile, e.g. HEVC (Main 10).'),
            'x-clip-bits': header('Bits of each colour, where known.'),
            'x-clip-duration-ms': header('Length of the clip, where it states one.'),
          },
          content: { 'image/jpeg': {} },
        },
      },
      refusals: {
        '400': 'The moment is no number of milliseconds, or the name is none.',
        '404': 'The verification API has no such file.',
        '413': 'The clip is too large to take a frame of.',
        '415': 'The file is no clip, or this console has no ffmpeg.',
        '422': 'There is no such frame: sound only, damaged, or beyond the end.',
        '429': 'Too many frames were asked for; then with Retry-After.',
        ...upstreamRefusals,
      },
    },
  },
  '/api/viewer/{version}/{folder}/{name}': {
    get: {
      summary: 'A decoder, a table or a font for drawing PDF files',
      access: 'signed-in',
      parameters: [
        inPath('version', text, 'Version of the viewer; keeps apart what a browser keeps.'),
        inPath('folder', oneOf(VIEWER_FOLDERS), 'Kind of file.'),
        inPath('name', text, 'Name of the file in its package; of a font that stands in, its short name.'),
      ],
      answers: { '200': { description: 'The file.', content: { '*/*': {} } }, '304': { description: 'Unchanged.' } },
      refusals: { '404': 'The viewer has no such file.' },
    },
  },
};
