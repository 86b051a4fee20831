import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decisionInput } from '@/lib/domain/decision';
import { openApiDocument } from '@/lib/http/openapi/document';
import { sourceFiles } from '../../helpers/imports';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const document = openApiDocument();
const paths = document.paths as Record<string, Record<string, unknown>>;

/** `GET /api/files/{name}` for every method a route file exports; next-auth's are documented one by one. */
function servedOperations(): string[] {
  const files = sourceFiles(root, ['app/api']).filter((file) => path.basename(file) === 'route.ts' && !file.includes('[...'));
  return files.flatMap((file) => {
    const address = `/${path.dirname(file).slice('app/'.length)}`.replace(/\[(\w+)\]/g, '{$1}');
    const methods = readFileSync(path.join(root, file), 'utf8').matchAll(
      /export (?:const|async function|function) (GET|POST|PUT|PATCH|DELETE)\b/g,
    );
    return [...methods].map(([, method]) => `${method} ${address}`);
  });
}

describe('the OpenAPI document', () => {
  it('names every operation the console serves, and no other', () => {
    const documented = Object.entries(paths)
      .filter(([address]) => !address.startsWith('/api/auth/'))
      .flatMap(([address, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${address}`));
    expect(documented.toSorted()).toEqual(servedOperations().toSorted());
  });

  it('refers only to schemas it holds', () => {
    const text = JSON.stringify(document);
    const named = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    const held = Object.keys((document.components as { schemas: object }).schemas);
    expect([...new Set(named)].toSorted()).toEqual(held.toSorted());
    expect([...text.matchAll(/"\$ref":"([^"]+)"/g)].every(([, target]) => target?.startsWith('#/components/schemas/'))).toBe(true);
  });

  it('declares every parameter of a path', () => {
    for (const [address, methods] of Object.entries(paths)) {
      const expected = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const operation of Object.values(methods) as { parameters?: { name: string; in: string }[] }[]) {
        const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name);
        expect(declared).toEqual(expected);
      }
    }
  });

  it('takes its schemas of writes from the domain', () => {
    const { DecisionInput } = (document.components as { schemas: Record<string, { properties?: object; additionalProperties?: unknown }> })
      .schemas;
    expect(Object.keys(DecisionInput?.properties ?? {})).toEqual(Object.keys(decisionInput.shape));
    expect(DecisionInput?.additionalProperties).toBe(false);
  });
});
