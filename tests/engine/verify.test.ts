import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WireFace, WireVerification } from '@/lib/wire/record';
import { checksOf } from './checks-of';
import { ANNA, BORIS, card, form, selfie } from './pictures';
import { type RunningEngine, runEngine } from './running-engine';

let engine: RunningEngine;

beforeAll(async () => {
  engine = await runEngine();
});

afterAll(() => engine.dispose());

async function verify(parts: Parameters<typeof form>[0]): Promise<WireVerification> {
  const response = await engine.submit(form(parts));
  expect(response.status, await response.clone().text()).toBe(200);
  return (await response.json()).result;
}

function middleOf({ boundingBox: { x1, x2, y1, y2 } }: WireFace): { x: number; y: number } {
  return { x: (x1 + x2) / 2, y: (y1 + y2) / 2 };
}

describe('a verification of two real pictures', () => {
  it('verifies the person on the card, field by field as the contract writes a record', async () => {
    const [id, face] = [await card(ANNA), await selfie(ANNA)];
    const record = await verify({ id, selfie: face, tags: '{"customerId":"9999","retries":2,"manual":false}' });
    expect(record).toMatchObject({
      ...{ idFileType: 'jpeg', idFileName: 'passport.jpg', idFileSize: id.length },
      ...{ selfieFileType: 'jpeg', selfieFileName: 'selfie.jpg', selfieFileSize: face.length },
      ...{ model: 'verification', modelVersion: '1.0.0', verified: true },
      tags: [
        { name: 'customerId', value: '9999' },
        { name: 'retries', value: '2' },
        { name: 'manual', value: 'false' },
      ],
    });
    expect(record.timestampISO).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
    expect(Math.floor(Date.parse(`${record.timestampISO}Z`) / 1000)).toBe(record.timestamp);
    const { verificationId: number, timestamp, timestampISO } = record;
    const shared = { contentType: 'image/jpeg', timestamp, timestampISO };
    expect(record.files).toEqual([
      {
        category: 'id',
        fileName: 'passport.jpg',
        fileSize: id.length,
        ...shared,
        url: `${engine.url}/v1/files/v_id_${number}_passport.jpg`,
      },
      {
        category: 'face',
        fileName: 'selfie.jpg',
        fileSize: face.length,
        ...shared,
        url: `${engine.url}/v1/files/v_face_${number}_selfie.jpg`,
      },
    ]);
    const { match, spoof } = checksOf(record);
    expect(match).toMatchObject({ threshold: 0.38, outcome: 'pass', reason: null });
    expect(spoof).toMatchObject({ threshold: 0.5, outcome: 'pass', reason: null });
    expect(await (await engine.get(`/v1/verification/${number}`)).json()).toEqual({ result: record });
  });

  it('finds the portrait and its ghost, the larger first, with the five landmarks where a face has them', async () => {
    const { faces } = checksOf(await verify({ id: await card(ANNA), selfie: await selfie(ANNA) }));
    expect(faces.faceCount).toEqual({ id: 2, selfie: 1 });
    const [portrait, ghost] = faces.idFaces;
    if (portrait === undefined || ghost === undefined) throw new Error('A face is missing.');
    expect([portrait.faceId, ghost.faceId]).toEqual(['face_1', 'face_2']);
    expect(middleOf(portrait).x).toBeLessThan(380);
    expect(middleOf(ghost).x).toBeGreaterThan(780);
    const { nose, left_eye, right_eye, mouth_left, mouth_right } = portrait.landmarks;
    expect(left_eye.x).toBeGreaterThan(right_eye.x);
    expect(mouth_left.x).toBeGreaterThan(mouth_right.x);
    expect(nose.y).toBeGreaterThan(left_eye.y);
    expect(mouth_left.y).toBeGreaterThan(nose.y);
    for (const point of [nose, left_eye, right_eye, mouth_left, mouth_right]) {
      expect(point.x).toBeGreaterThan(portrait.boundingBox.x1);
      expect(point.x).toBeLessThan(portrait.boundingBox.x2);
      expect(point.y).toBeGreaterThan(portrait.boundingBox.y1);
      expect(point.y).toBeLessThan(portrait.boundingBox.y2);
    }
    expect(Object.values(portrait.boundingBox).every(Number.isInteger)).toBe(true);
  });

  it('fails the match of another person', async () => {
    const record = await verify({ id: await card(ANNA), selfie: await selfie(BORIS) });
    expect(record.verified).toBe(false);
    const { match } = checksOf(record);
    expect(match.outcome).toBe('fail');
    expect(match.similarity).toBeLessThan(0.38);
    expect(match.reason).toMatch(/does not resemble/);
  });

  it('does not verify a selfie of several people, even when the right one is among them', async () => {
    const group = await selfie(ANNA, { width: 1200, faceShare: 0.22, companions: [BORIS] });
    const record = await verify({ id: await card(ANNA), selfie: group });
    const { faces, match } = checksOf(record);
    expect(faces.faceCount.selfie).toBe(2);
    expect(record.verified).toBe(false);
    expect(match).toMatchObject({ outcome: 'unknown', reason: expect.stringMatching(/2 faces/) });
  });

  it('answers unknown, never a score, where there is no face', async () => {
    const blank = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#8899aa' } })
      .png()
      .toBuffer();
    const noSelfie = checksOf(await verify({ id: await card(ANNA), selfie: blank }));
    expect(noSelfie.match).toMatchObject({ similarity: null, outcome: 'unknown', reason: expect.stringMatching(/selfie/) });
    expect(noSelfie.spoof).toMatchObject({ score: null, outcome: 'unknown' });
    const record = await verify({ id: blank, selfie: await selfie(ANNA) });
    expect(record.verified).toBe(false);
    expect(checksOf(record).match).toMatchObject({ similarity: null, outcome: 'unknown', reason: expect.stringMatching(/ID document/) });
  });

  it('gives no verdict on liveness for a picture under 600 pixels wide', async () => {
    const small = await sharp(await selfie(ANNA))
      .resize(480)
      .jpeg()
      .toBuffer();
    const record = await verify({ id: await card(ANNA), selfie: small });
    expect(checksOf(record)).toMatchObject({
      match: { outcome: 'pass' },
      spoof: { outcome: 'unknown', reason: expect.stringMatching(/480 pixels/) },
    });
    expect(record.verified).toBe(false);
  });

  it('writes coordinates in pixels of the picture as shown, whatever its EXIF orientation', async () => {
    const upright = await selfie(ANNA);
    const reference = checksOf(await verify({ id: await card(ANNA), selfie: upright })).faces.selfieFaces[0];
    const lying = await sharp(upright).rotate(270).jpeg({ quality: 95 }).withMetadata({ orientation: 6 }).toBuffer();
    const record = await verify({ id: await card(ANNA), selfie: lying });
    const face = checksOf(record).faces.selfieFaces[0];
    if (reference === undefined || face === undefined) throw new Error('A face is missing.');
    expect(record.verified).toBe(true);
    expect(Math.abs(middleOf(face).x - middleOf(reference).x)).toBeLessThan(6);
    expect(Math.abs(middleOf(face).y - middleOf(reference).y)).toBeLessThan(6);
  });

  it.each([90, 180, 270])('finds the face of a picture lying by %i degrees without saying so, where it lies', async (degrees) => {
    const upright = await selfie(ANNA);
    const reference = checksOf(await verify({ id: await card(ANNA), selfie: upright })).faces.selfieFaces[0];
    const { data, info } = await sharp(upright).rotate(degrees).jpeg({ quality: 95 }).toBuffer({ resolveWithObject: true });
    const face = checksOf(await verify({ id: await card(ANNA), selfie: data })).faces.selfieFaces[0];
    if (reference === undefined || face === undefined) throw new Error('A face is missing.');
    const { x, y } = middleOf(reference);
    const expected =
      degrees === 180
        ? { x: info.width - x, y: info.height - y }
        : degrees === 90
          ? { x: info.width - y, y: x }
          : { x: y, y: info.height - x };
    expect(Math.abs(middleOf(face).x - expected.x)).toBeLessThan(12);
    expect(Math.abs(middleOf(face).y - expected.y)).toBeLessThan(12);
    const { left_eye, right_eye } = face.landmarks;
    const rightToLeft = Math.round((Math.atan2(left_eye.y - right_eye.y, left_eye.x - right_eye.x) * 180) / Math.PI);
    expect(Math.abs(((rightToLeft - degrees + 540) % 360) - 180)).toBeLessThan(20);
  });

  it('keeps boxes in file pixels when the picture is larger than what is looked at', async () => {
    const large = await sharp(await selfie(ANNA))
      .resize(3600)
      .jpeg()
      .toBuffer();
    const [face] = checksOf(await verify({ id: await card(ANNA), selfie: large })).faces.selfieFaces;
    if (face === undefined) throw new Error('A face is missing.');
    expect(face.boundingBox.x2 - face.boundingBox.x1).toBeGreaterThan(900);
  });

  it.each(['png', 'webp'] as const)('takes %s as well as jpeg', async (format) => {
    const id = await sharp(await card(ANNA))
      .toFormat(format)
      .toBuffer();
    const picture = await sharp(await selfie(ANNA))
      .toFormat(format)
      .toBuffer();
    const record = await verify({ id, selfie: picture, idName: `a.${format}`, selfieName: `b.${format}` });
    expect(record).toMatchObject({ verified: true, idFileType: format, selfieFileType: format });
    expect(record.files[0]?.contentType).toBe(`image/${format}`);
  });
});
