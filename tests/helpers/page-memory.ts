import type { CDPSession } from '@playwright/test';

export interface Alive {
  /** Used JavaScript heap. */
  heapMB: number;
  /** Bitmaps that were not closed. */
  bitmaps: number;
  /** Pixels of all canvases together, shown or not. */
  canvasPixels: number;
  /** Nodes of the document and of what it once held and still keeps alive. */
  nodes: number;
}

/** What is alive on a page after a garbage collection. */
export async function aliveOn(cdp: CDPSession): Promise<Alive> {
  await cdp.send('HeapProfiler.collectGarbage');
  const ask = async (prototype: string, declaration: string): Promise<number> => {
    const { result } = await cdp.send('Runtime.evaluate', { expression: `${prototype}.prototype` });
    const { objects } = await cdp.send('Runtime.queryObjects', { prototypeObjectId: result.objectId ?? '' });
    const answer = await cdp.send('Runtime.callFunctionOn', {
      objectId: objects.objectId ?? '',
      functionDeclaration: declaration,
      returnByValue: true,
    });
    return answer.result.value;
  };
  const bitmaps = await ask('ImageBitmap', 'function () { return this.filter(({ width }) => width > 0).length }');
  const canvasPixels = await ask(
    'HTMLCanvasElement',
    'function () { return this.reduce((sum, { width, height }) => sum + width * height, 0) }',
  );
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  const { nodes } = await cdp.send('Memory.getDOMCounters');
  return { heapMB: usedSize / 1e6, bitmaps, canvasPixels, nodes };
}
