'use client';

import { createContext, useContext } from 'react';
import { isTimeZone } from '@/lib/domain/calendar-day';

const TimeZone = createContext('UTC');

/** Gives every time and every day on the screens the organisation's time zone. */
export const TimeZoneProvider = TimeZone.Provider;

/** Returns the zone whose clock the screens show: the organisation's, or UTC in a browser too old to know it. */
export function useTimeZone(): string {
  const zone = useContext(TimeZone);
  return isTimeZone(zone) ? zone : 'UTC';
}

/** Returns the name of the zone whose days a filter means. The server counts them, so the browser need not know it. */
export function useDayZone(): string {
  return useContext(TimeZone);
}
