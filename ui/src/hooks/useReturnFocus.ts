import { useEffect, useState } from "react";

const DIALOGS = '[role="dialog"], [role="alertdialog"]';

let opener: HTMLElement | null = null;

/** What had the focus before the first dialog opened; one that follows another keeps it. */
function remember(): void {
  const active = document.activeElement;
  if (active instanceof HTMLElement && !active.closest(DIALOGS)) opener = active;
}

/** Gives the focus back when a dialog, and whatever followed it, is gone. */
export function useReturnFocus(): void {
  useState(remember);
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        if (!document.querySelector(DIALOGS)) opener?.focus();
      });
    },
    [],
  );
}
