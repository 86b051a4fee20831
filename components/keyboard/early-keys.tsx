// Small enough to stand in the page: it listens while the scripts of the page are still on their way. What an input method composes
// with never reaches a handler, and its Enter never sends a form, before the page can listen as well as after.
const SCRIPT = `(()=>{const kept=[];
const keep=(e)=>{if((e.ctrlKey||e.metaKey)&&e.code==='KeyK')e.preventDefault();kept.push(e)};
addEventListener('keydown',(e)=>{if(!e.isComposing&&e.keyCode!==229)return;e.stopImmediatePropagation();if(e.key==='Enter')e.preventDefault()},true);
addEventListener('keydown',keep,true);
window.earlyKeys={take(){removeEventListener('keydown',keep,true);return kept}}})()`;

/** Keeps the keys that are pressed while a page is on the screen but cannot listen yet; `listen` obeys them once it can. */
export function EarlyKeys({ nonce }: { nonce: string | undefined }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant, and it has to run before any other script
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: SCRIPT }} />;
}
