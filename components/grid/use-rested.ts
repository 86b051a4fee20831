import { useEffect, useState } from 'react';

const REST_MS = 120;

/** The id once it has stood still for a moment: nothing is fetched for rows one only passes. */
export function useRested(id: number): number | null {
  const [rested, setRested] = useState<number | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setRested(id), REST_MS);
    return () => clearTimeout(timer);
  }, [id]);
  return rested;
}
