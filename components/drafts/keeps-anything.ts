const KEPT = /^second-look.(draft|text|policy|space)/;

/** Whether this browser keeps anything of a case or of what was typed, by the names of this version or of earlier ones. */
export function keepsAnything(): boolean {
  try {
    return [localStorage, sessionStorage].some((storage) => Object.keys(storage).some((key) => KEPT.test(key)));
  } catch {
    return false;
  }
}
