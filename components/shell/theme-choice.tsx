'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { buttonClass } from '../ui/button';
import { PopoverButton } from '../ui/popover-button';
import { applyTheme, THEMES, type Theme } from '../ui/theme';

const ICON = { system: Monitor, light: Sun, dark: Moon };
const LABEL: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' };

/** Light, dark, or as the system says; kept in a cookie. */
export function ThemeChoice({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial);
  const Current = ICON[theme];
  const choose = (next: Theme) => {
    setTheme(next);
    applyTheme(next);
  };
  return (
    <PopoverButton
      label={`Colours: ${LABEL[theme].toLowerCase()}`}
      className={`${buttonClass('quiet', true)} w-7`}
      panel={
        <fieldset className="flex flex-col">
          <legend className="sr-only">Colours</legend>
          {THEMES.map((option) => {
            const Icon = ICON[option];
            return (
              <label
                key={option}
                className="flex h-8 cursor-pointer items-center gap-2 rounded-md px-2.5 hover:bg-raised has-checked:bg-accent-soft has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:outline-accent"
              >
                <input type="radio" name="theme" className="sr-only" checked={theme === option} onChange={() => choose(option)} />
                <Icon aria-hidden="true" className="size-4" />
                {LABEL[option]}
              </label>
            );
          })}
        </fieldset>
      }
    >
      <Current aria-hidden="true" className="size-4 shrink-0" />
    </PopoverButton>
  );
}
