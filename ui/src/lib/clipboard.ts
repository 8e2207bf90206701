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
