import { teamsHighContrastTheme, type Theme, webDarkTheme, webLightTheme } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import { useMedia } from "./useMedia";

export const THEME_CHOICES = ["system", "light", "dark"] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];

const STORED = "scim-desk.theme";
const font = { fontFamilyBase: "'Inter Variable', 'Segoe UI', Roboto, sans-serif" };

/** The theme to paint with, and the administrator's choice. Windows high contrast outranks both. */
export function useTheme(): { theme: Theme; choice: ThemeChoice; choose: (choice: ThemeChoice) => void } {
  const [choice, setChoice] = useState<ThemeChoice>(storedChoice);
  const systemDark = useMedia("(prefers-color-scheme: dark)");
  const forced = useMedia("(forced-colors: active)");
  const dark = choice === "dark" || (choice === "system" && systemDark);

  useEffect(() => {
    document.documentElement.style.colorScheme = dark ? "dark" : "light";
    document.documentElement.dataset["theme"] = dark ? "dark" : "light";
  }, [dark]);

  const choose = (next: ThemeChoice) => {
    localStorage.setItem(STORED, next);
    setChoice(next);
  };
  const base = forced ? teamsHighContrastTheme : dark ? webDarkTheme : webLightTheme;
  return { theme: { ...base, ...font }, choice, choose };
}

function storedChoice(): ThemeChoice {
  const stored = localStorage.getItem(STORED);
  return THEME_CHOICES.find((each) => each === stored) ?? "system";
}
