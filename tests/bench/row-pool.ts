/** What a row of the pool shows, cell by cell. */
export interface PoolOptions {
  rows: number;
  rowHeight: number;
  /** Widths of the cells in pixels. */
  cells: readonly number[];
}

/**
 * The peer: the least that can be done to scroll many rows. Some rows by hand, each moved and given the next texts once it leaves
 * the screen; no framework, no data to fetch, no state. Answers a whole document.
 */
export function poolDocument(options: PoolOptions): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Pool</title><style>
    body { margin: 0; font: 13px/1.45 system-ui, sans-serif }
    #scroller { height: 700px; overflow: auto; position: relative }
    .row { position: absolute; left: 0; right: 0; top: 0; height: 33px; contain: strict; display: grid;
      grid-template-columns: ${options.cells.map((width) => `${width}px`).join(' ')}; border-bottom: 1px solid #ddd }
    .row span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; padding: 0 10px; line-height: 32px }
  </style><div id="scroller"><div id="body" style="position:relative;height:${options.rows * options.rowHeight}px"></div></div>
  <script>(${pool.toString()})(${JSON.stringify(options)})</script></html>`;
}

// Runs in the browser, as it stands here.
function pool({ rows, rowHeight, cells }: PoolOptions): void {
  const scroller = document.querySelector('#scroller');
  const body = document.querySelector('#body');
  if (!scroller || !body) return;
  const shown = Math.ceil(scroller.clientHeight / rowHeight) + 16;
  const made = Array.from({ length: shown }, () => {
    const element = document.createElement('div');
    element.className = 'row';
    for (const _ of cells) element.append(document.createElement('span'));
    body.append(element);
    return { element, at: -1 };
  });
  const fill = () => {
    const first = Math.max(0, Math.floor(scroller.scrollTop / rowHeight) - 8);
    for (let index = first; index < Math.min(rows, first + shown); index += 1) {
      const row = made[index % shown];
      if (!row || row.at === index) continue;
      row.at = index;
      row.element.style.transform = `translateY(${index * rowHeight}px)`;
      for (let cell = 0; cell < cells.length; cell += 1) {
        const span = row.element.children[cell];
        if (span) span.textContent = `${cell === 0 ? 100_000 - index : `text ${cell} of row ${index}`}`;
      }
    }
  };
  scroller.addEventListener('scroll', fill, { passive: true });
  fill();
}
