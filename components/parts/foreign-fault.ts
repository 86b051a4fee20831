/**
 * Returns true for a fault that comes of a document somebody else changed: a translator or an extension moved a node that React means to
 * remove or to insert beside.
 */
export function isForeignFault(error: unknown): boolean {
  return error instanceof DOMException && (error.name === 'NotFoundError' || error.name === 'HierarchyRequestError');
}
