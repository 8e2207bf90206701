import { teamsHighContrastTheme, type Theme, webDarkTheme, webLightTheme } from "@fluentui/react-components";
import { useEffect } from "react";
import { useMedia } from "./useMedia";
import { usePreference } from "./usePreference";

const font = { fontFamilyBase: "'Inter Variable', 'Segoe UI', Roboto, sans-serif" };

/** The theme to paint with. Windows high contrast outranks what was chosen. */
export function useTheme(): Theme {
  const [choice] = usePreference("theme");
  const [density] = usePreference("density");
  const systemDark = useMedia("(prefers-color-scheme: dark)");
  const systemContrast = useMedia("(prefers-contrast: more)");
  const forced = useMedia("(forced-colors: active)");
  const contrast = forced || choice === "contrast" || (choice === "system" && systemContrast);
  const dark = contrast || choice === "dark" || (choice === "system" && systemDark);

  useEffect(() => {
    const { style, dataset } = document.documentElement;
    style.colorScheme = dark ? "dark" : "light";
    dataset["theme"] = contrast ? "contrast" : dark ? "dark" : "light";
    dataset["density"] = density;
  }, [dark, contrast, density]);

  const base = contrast ? teamsHighContrastTheme : dark ? webDarkTheme : webLightTheme;
  return { ...base, ...font };
}
