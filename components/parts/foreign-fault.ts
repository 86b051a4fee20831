/**
 * Returns true when an error comes from a changed document: a translator or an extension moved a node that React wants to remove or to
 * insert beside.
 */
export function isForeignFault(error: unknown): boolean {
  return error instanceof DOMException && (error.name === 'NotFoundError' || error.name === 'HierarchyRequestError');
}
