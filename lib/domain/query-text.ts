/** Returns the parameters of an address as a person reads them, such as `state OPEN, tag customerId=4711`. */
export function queryText(query: string): string {
  return [...new URLSearchParams(query)].map(([name, value]) => partText(name, value)).join(', ');
}

function partText(name: string, value: string): string {
  if (name === 'group') return value === 'acts' ? 'all but viewing' : 'viewing only';
  // A tag is encoded once more, so that either of its parts may hold an equals sign.
  return `${name} ${name === 'tag' ? decoded(value) : value}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
