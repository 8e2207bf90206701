// What happened, for whoever looks later: every toast is in this list as well.

import { useSyncExternalStore } from "react";

export type Intent = "success" | "warning" | "error" | "info";
export type Notice = {
  id: number;
  at: string;
  intent: Intent;
  title: string;
  body?: string;
  link?: { title: string; to: string };
  read: boolean;
  /** Also shown for a moment at the edge of the window; an error until it is closed. */
  toast: boolean;
};

export type Told = Pick<Notice, "intent" | "title"> & Partial<Pick<Notice, "body" | "link" | "toast">>;

const KEPT = 100;
let notices: readonly Notice[] = [];
let last = 0;
const listeners = new Set<() => void>();

function become(next: readonly Notice[]): void {
  notices = next;
  for (const each of listeners) each();
}

export function notify({ toast = false, ...told }: Told): void {
  last += 1;
  become([{ ...told, toast, id: last, at: new Date().toISOString(), read: false }, ...notices].slice(0, KEPT));
}

/** The toast is over; the notice stays. */
export const endToast = (id: number) => become(notices.map((each) => (each.id === id ? { ...each, toast: false } : each)));
export function readNotices(): void {
  if (notices.some(({ read }) => !read)) become(notices.map((each) => ({ ...each, read: true })));
}
export const clearNotices = () => become([]);

export function useNotices(): readonly Notice[] {
  return useSyncExternalStore(subscribe, () => notices);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
