import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sample from '../fixtures/upstream/sample.json';

/** A case made up for a test: its two pictures and what the record claims to have found on them, well-formed or not. */
export interface PictureCase {
  id: number;
  pictures: Record<'id' | 'face', Buffer>;
  faces: Record<'id' | 'face', unknown[]>;
}

export interface PictureUpstream {
  url: string;
  add(made: PictureCase): void;
  close(): Promise<void>;
}

const SIDES = ['id', 'face'] as const;

/** A verification service that answers with cases made up by the test: list, record and files. */
export async function startPictureUpstream(): Promise<PictureUpstream> {
  const cases = new Map<number, PictureCase>();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://upstream');
    const file = /^\/v1\/files\/v_(id|face)_(\d+)_picture\.jpg$/.exec(pathname);
    const picture = file && cases.get(Number(file[2]))?.pictures[file[1] === 'id' ? 'id' : 'face'];
    if (picture) {
      response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': picture.length }).end(picture);
      return;
    }
    const made = cases.get(Number(/^\/v1\/verification\/(\d+)$/.exec(pathname)?.[1]));
    const isList = pathname === '/v1/verification';
    response.writeHead(made || isList ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isList ? pageOf(cases, searchParams) : made ? { result: recordOf(made) } : { statusCode: 404 }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    add: (made) => void cases.set(made.id, made),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function pageOf(cases: Map<number, PictureCase>, query: URLSearchParams): object {
  const ids = [...cases.keys()].sort((a, b) => (query.get('direction') === 'desc' ? b - a : a - b));
  const offset = Number(query.get('offset') ?? 0);
  const data = ids.slice(offset, offset + Number(query.get('limit') ?? 25)).flatMap((id) => {
    const made = cases.get(id);
    return made ? [recordOf(made)] : [];
  });
  return { totalCount: cases.size, count: data.length, data };
}

function recordOf({ id, pictures, faces }: PictureCase): object {
  return {
    ...sample.result,
    verificationId: id,
    verified: false,
    modelResults: {
      technicalChecks: [
        {
          checkType: 'face_detection',
          faceCount: { id: faces.id.length, selfie: faces.face.length },
          idFaces: faces.id,
          selfieFaces: faces.face,
        },
      ],
    },
    files: SIDES.map((category) => ({
      category,
      fileName: 'picture.jpg',
      fileSize: pictures[category].length,
      contentType: 'image/jpeg',
      url: `https://api.example.com/v1/files/v_${category}_${id}_picture.jpg`,
    })),
  };
}
