import { expect, test } from 'vitest';
import { watermarkImage } from '@/components/privacy/watermark';

test('a watermark says who looks and when, in UTC, and a name cannot break out of it', () => {
  const image = watermarkImage(`Ana "</text><script>` + `");}`, Date.UTC(2026, 10, 26, 7, 15));
  expect(image).toMatch(/^url\("data:image\/svg\+xml,[^"]*"\)$/);
  const svg = decodeURIComponent(image.slice(5, -2));
  expect(svg).toContain('2026-11-26 07:15 UTC');
  expect(svg).not.toContain('<script');
});
