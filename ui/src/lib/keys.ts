// Keys as people write them: `Ctrl+K`, `F1`, `Ctrl+/`.

const NAMED: Record<string, string> = { " ": "Space", Escape: "Esc", ArrowUp: "↑", ArrowDown: "↓" };

const isMac = () => navigator.userAgent.includes("Mac OS");

/** The keys that were pressed; ⌘ counts as Ctrl. Empty while only a modifier is down. */
export function keysOf(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): string {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  if (["Control", "Meta", "Alt", "Shift"].includes(key)) return "";
  const named = NAMED[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  // A sign such as ? or / is what it is, whether or not its key needs Shift.
  const shift = shiftKey && (key.length > 1 || /[a-z]/i.test(key));
  return [ctrlKey || metaKey ? "Ctrl" : "", altKey ? "Alt" : "", shift ? "Shift" : "", named].filter(Boolean).join("+");
}

/** The keys as this computer names them. */
export const shown = (keys: string) => (isMac() ? keys.replace("Ctrl", "⌘") : keys);
