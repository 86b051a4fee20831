import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const SOURCE = /\.(ts|tsx|mjs)$/;
const SKIPPED = new Set(['node_modules', '.git', 'data', 'generated', 'test-results']);

// Static imports, re-exports, bare imports, dynamic imports and `new URL('./x.ts', import.meta.url)` of workers.
const SPECIFIERS = [
  /(?:^|\n)\s*(?:import|export)\s[^'";]*?from\s*['"]([^'"]+)['"]/g,
  /(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g,
  /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g,
  /new URL\(\s*['"](\.{1,2}\/[^'"]+\.(?:ts|tsx|mjs))['"]\s*,\s*import\.meta\.url/g,
];

/** Every source file below the given folders of the project, as paths relative to `root`. */
export function sourceFiles(root: string, folders: string[]): string[] {
  return folders.flatMap((folder) => walk(root, folder)).toSorted();
}

function walk(root: string, folder: string): string[] {
  return readdirSync(path.join(root, folder)).flatMap((name) => {
    if (SKIPPED.has(name) || name.startsWith('.next')) return [];
    const relative = path.join(folder, name);
    if (statSync(path.join(root, relative)).isDirectory()) return walk(root, relative);
    return SOURCE.test(name) ? [relative] : [];
  });
}

/** What a file imports, as written. Comments are dropped first, so that a sentence about an import is none. */
export function importsOf(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[\s;])\/\/[^\n]*/g, '$1');
  return SPECIFIERS.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1] ?? ''));
}

/** The project's own file an import means, or null for a package. */
export function resolveImport(root: string, from: string, specifier: string): string | null {
  const target = specifier.startsWith('@/')
    ? specifier.slice(2)
    : specifier.startsWith('.')
      ? path.join(path.dirname(from), specifier)
      : null;
  if (target === null) return null;
  const candidates = [target, `${target}.ts`, `${target}.tsx`, `${target}.mjs`, path.join(target, 'index.ts')];
  const found = candidates.find((candidate) => isFile(path.join(root, candidate)));
  return found ?? target;
}

function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** File -> files it imports, packages left out. */
export function importGraph(root: string, files: string[]): Map<string, string[]> {
  const edges = (file: string) =>
    importsOf(readFileSync(path.join(root, file), 'utf8'))
      .map((specifier) => resolveImport(root, file, specifier))
      .filter((target) => target !== null);
  return new Map(files.map((file) => [file, edges(file)]));
}

/** The first circle of imports, as the list of its files, or null. */
export function findCycle(graph: Map<string, string[]>): string[] | null {
  const done = new Set<string>();
  const visit = (file: string, trail: string[]): string[] | null => {
    const at = trail.indexOf(file);
    if (at >= 0) return [...trail.slice(at), file];
    if (done.has(file)) return null;
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next, [...trail, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return null;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return null;
}
