import { call } from "../api/client";
import { preference } from "../hooks/usePreference";

/** Copies a secret through the shell, which takes it out again; a page may not look whether it is still there. */
export async function writeSecret(value: string): Promise<boolean> {
  const clearAfter = Number(preference("clipboard"));
  if (clearAfter === 0) return writeClipboard(value);
  try {
    await call("clipboardWrite", { text: value, clearAfter });
    return true;
  } catch {
    // Better in the clipboard for long than nowhere: it is shown only once.
    return writeClipboard(value);
  }
}

/** The clipboard API where there is one; a selection and `copy` where the webview has none. Whether it worked. */
export async function writeClipboard(value: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    return copySelected(value);
  }
}

function copySelected(value: string): boolean {
  const focused = document.activeElement;
  const field = document.createElement("textarea");
  field.value = value;
  field.className = "sr";
  (document.querySelector("[role=alertdialog], [role=dialog]") ?? document.body).append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
    if (focused instanceof HTMLElement) focused.focus();
  }
}
