import { useEffect, useState } from 'react';

const PREFIX = 'second-look/text/';

/** A text that survives a reload, a crash and a sign-in: kept in this browser under a name until it is forgotten. */
export function useKeptText(name: string): [text: string, change: (text: string) => void, forget: () => void] {
  const key = PREFIX + name;
  const [text, setText] = useState('');
  useEffect(() => setText(read(key)), [key]);
  const change = (next: string) => {
    setText(next);
    write(key, next);
  };
  return [text, change, () => change('')];
}

// A browser that keeps nothing still lets one write.
function read(key: string): string {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

function write(key: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // Full or forbidden.
  }
}
