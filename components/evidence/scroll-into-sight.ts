/** Room left between an element that was brought into sight and the edge of what it scrolls in. CSS pixels. */
const MARGIN = 8;

/** Scrolls the panels around an element until it is visible. The page itself does not scroll, so the pictures stay in view. */
export function scrollIntoSight(element: HTMLElement): void {
  for (let panel = element.parentElement; panel && panel !== document.body; panel = panel.parentElement) {
    if (panel.scrollHeight <= panel.clientHeight || !/auto|scroll/.test(getComputedStyle(panel).overflowY)) continue;
    const [room, own] = [panel.getBoundingClientRect(), element.getBoundingClientRect()];
    if (own.top < room.top) panel.scrollTop -= room.top - own.top + MARGIN;
    else if (own.bottom > room.bottom) panel.scrollTop += own.bottom - room.bottom + MARGIN;
  }
}
