/** Longest name of a file in an archive. */
const LENGTH_MAX = 64;
/** ASCII, begins with a letter or digit, and does not end with a dot: nothing a shell, a path or a file system reads as something else. */
const PLAIN = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9_-])?$/i;
/** Windows opens a device under these names, whatever their extension. */
const DEVICE = /^(?:con|prn|aux|nul|clock|com\d|lpt\d|conin|conout)(?:\.|$)/i;

/** Returns whether every system we know unpacks a file under this name, and under no other. Pure. */
export function isPortableName(name: string): boolean {
  return name.length <= LENGTH_MAX && PLAIN.test(name) && !DEVICE.test(name);
}

/**
 * Takes `name` for one file of an archive. Throws an Error when it is not portable, or when another file has it already: file systems
 * that ignore case would overwrite that file.
 */
export function takeName(name: string, taken: Set<string>): void {
  if (!isPortableName(name)) throw new Error(`An archive cannot hold a file named ${JSON.stringify(name)}.`);
  const folded = name.toLowerCase();
  if (taken.has(folded)) throw new Error(`The archive already holds a file named ${name}.`);
  taken.add(folded);
}
