import type { Page } from 'playwright';

declare global {
  /** Whether both sides of a case stand there: each picture with pixels in the middle of its canvas, whatever is no picture said so. */
  var casePainted: () => boolean;
}

/** Lets `untilPainted` and `nextCaseMs` look at what this page shows; before it is opened. */
export async function watchCases(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const hasPixels = (canvas: HTMLCanvasElement | null) => {
      if (!canvas || canvas.width === 0 || canvas.height === 0) return false;
      return canvas.getContext('2d')?.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data[3] === 255;
    };
    globalThis.casePainted = () => {
      const sides = [...document.querySelectorAll('section[aria-label="ID document"], section[aria-label="Selfie"]')];
      const pictures = sides.flatMap((side) => [...side.querySelectorAll('[role=img]')]);
      return (
        sides.length === 2 &&
        !sides.some((side) => side.querySelector('[aria-busy=true]')) &&
        pictures.every((picture) => hasPixels(picture.querySelector('canvas')))
      );
    };
  });
}

/** Waits until the case that was opened is painted. */
export async function untilPainted(page: Page): Promise<void> {
  await page.waitForFunction(() => globalThis.casePainted());
}

/**
 * Confirms the decision that lies open, and answers how many milliseconds the page took by its own clock until another case was
 * painted: from the key to the frame after it was drawn.
 */
export async function nextCaseMs(page: Page): Promise<number> {
  const measured = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const before = document.querySelector('h1')?.textContent;
        let start = 0;
        const look = () => {
          const there = document.querySelector('h1')?.textContent !== before && globalThis.casePainted();
          if (there) requestAnimationFrame(() => resolve(performance.now() - start));
          else requestAnimationFrame(look);
        };
        const onKey = () => {
          start = performance.now();
          requestAnimationFrame(look);
        };
        window.addEventListener('keydown', onKey, { capture: true, once: true });
      }),
  );
  // The listener is there once the page has answered something asked after it.
  await page.evaluate(() => null);
  await page.keyboard.press('Enter');
  return measured;
}
