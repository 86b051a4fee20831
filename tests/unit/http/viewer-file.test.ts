import { expect, test } from 'vitest';
import { FALLBACK_FONT_NAMES } from '@/lib/domain/fallback-fonts';
import { viewerFile } from '@/lib/http/viewer-file';

test('decoders, tables and fonts of the viewer come from the installed packages', async () => {
  for (const [folder, name] of [
    ['wasm', 'openjpeg.wasm'],
    ['wasm', 'qcms_bg.wasm'],
    ['cmaps', 'UniGB-UCS2-H.bcmap'],
    ['standard_fonts', 'LiberationSans-Regular.ttf'],
    ['iccs', 'CGATS001Compat-v2-micro.icc'],
    ...FALLBACK_FONT_NAMES.map((font) => ['fonts', font] as const),
  ] as const)
    expect((await viewerFile(folder, name)).bytes.length).toBeGreaterThan(1000);
  expect((await viewerFile('wasm', 'openjpeg.wasm')).contentType).toBe('application/wasm');
});

test('nothing else is given out, whatever it is called', async () => {
  for (const [folder, name] of [
    ['wasm', '../package.json'],
    ['cmaps', '..'],
    ['build', 'pdf.mjs'],
    ['..', 'package.json'],
    ['fonts', '__proto__'],
    ['fonts', 'toString'],
    ['standard_fonts', ''],
  ] as const)
    await expect(viewerFile(folder, name)).rejects.toMatchObject({ code: 'not-found' });
});
