import sharp from 'sharp';
import { expect, test } from 'vitest';
import { chooseSpace } from '@/lib/picture/choose-space';
import { adaptVerification } from '@/lib/upstream/adapt';
import { inStoredPixels, markedPicture, wireFace } from '../../helpers/marked-picture';

test('the pictures of the browser tests are upright once EXIF is applied, and their stored coordinates are recognised as such', async () => {
  const shown = { width: 300, height: 200 };
  const face = wireFace(1, 120, 100, 80);
  for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8] as const) {
    const picture = await markedPicture(shown, [face], orientation);
    const { data, info } = await sharp(picture).autoOrient().greyscale().raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height], `EXIF ${orientation}`).toEqual([300, 200]);
    for (const { x, y } of Object.values(face.landmarks))
      expect(data[Math.floor(y) * 300 + Math.floor(x)], `EXIF ${orientation}`).toBeLessThan(60);
    const check = { checkType: 'face_detection', idFaces: [inStoredPixels(face, shown, orientation)], selfieFaces: [] };
    const { faces } = adaptVerification({ verificationId: 1, modelResults: { technicalChecks: [check] } });
    expect(chooseSpace(faces, shown, orientation).space, `EXIF ${orientation}`).toBe(orientation === 1 ? 'shown' : 'stored');
  }
});
