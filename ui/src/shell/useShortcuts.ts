import { useEffect, useRef } from "react";
import { useLocation } from "wouter";
import { usePreference } from "../hooks/usePreference";
import { keysOf } from "../lib/keys";
import { routes } from "../routes";
import type { Action } from "./actions";

const SINGLE: Record<string, string> = { "/": "filter", "?": "shortcuts" };

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Keys do what the tables of pages and actions say, except behind a dialog, which has the keyboard to itself. */
export function useShortcuts(actions: Action[]): void {
  const [, navigate] = useLocation();
  const [singleKeys] = usePreference("singleKeys");
  const latest = useRef({ actions, navigate, singleKeys });
  useEffect(() => {
    latest.current = { actions, navigate, singleKeys };
  });

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const now = latest.current;
      const keys = keysOf(event);
      const single = now.singleKeys === "on" && !isTyping(event.target) ? SINGLE[keys] : undefined;
      const action = now.actions.find((each) => each.keys?.includes(keys) || each.id === single);
      const route = routes.find((each) => each.keys === keys);
      if (!action && !route) return;
      event.preventDefault();
      if (document.querySelector("[role=dialog], [role=alertdialog]")) return;
      if (route) now.navigate(route.path);
      else if (action?.why === null) action.run();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
