/** Returns the parameters of an address as a person reads them, such as `state OPEN, tag customerId=4711`. */
export function queryText(query: string): string {
  return [...new URLSearchParams(query)].map(([name, value]) => `${name} ${name === 'tag' ? decoded(value) : value}`).join(', ');
}

// A tag is encoded once more, so that either of its parts may hold an equals sign.
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
