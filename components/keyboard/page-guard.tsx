// Small enough to stand in the page: it listens while the scripts of the page are still on their way, and as long as the page is there.
// 1. What an input method composes with never reaches a handler, and its Enter never sends a form.
// 2. A file dropped beside the places for one would open in this tab, and take everything here with it.
// 3. Keys that are pressed before the page listens are kept for `listen`.
const SCRIPT = `(()=>{const kept=[];
addEventListener('keydown',(e)=>{if(!e.isComposing&&e.keyCode!==229)return;e.stopImmediatePropagation();if(e.key==='Enter')e.preventDefault()},true);
for(const type of ['dragover','drop'])addEventListener(type,(e)=>{if(e.dataTransfer&&e.dataTransfer.types.includes('Files'))e.preventDefault()});
const keep=(e)=>{if((e.ctrlKey||e.metaKey)&&e.code==='KeyK')e.preventDefault();kept.push(e)};
addEventListener('keydown',keep,true);
window.earlyKeys={take(){removeEventListener('keydown',keep,true);return kept}}})()`;

/** Guards a page from its first paint on, before any other script of it runs. */
export function PageGuard({ nonce }: { nonce: string | undefined }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant, and it has to run before any other script
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: SCRIPT }} />;
}
