// What the command palette finds.

import { DocumentSearchRegular, type FluentIcon, PersonRegular } from "@fluentui/react-icons";
import { useLocation } from "wouter";
import { useFoundPeople, useRecentSyncs } from "../api/queries";
import { useSettled } from "../hooks/useLater";
import { path, routes } from "../routes";
import { dateSeconds, runStatusWord, text } from "../text";
import type { Action } from "./actions";

export type Entry = {
  id: string;
  title: string;
  detail?: string;
  icon: FluentIcon;
  keys?: string;
  why: string | null;
  run: () => void;
};
export type EntryGroup = { title: string; entries: Entry[] };

/** Every word of the search begins a word of the title, or stands in the detail. */
export function isFound(search: string, title: string, detail = ""): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const names = title.toLowerCase().split(/[\s›·,]+/);
  return words.every((word) => names.some((name) => name.startsWith(word)) || detail.toLowerCase().includes(word));
}

export function usePaletteEntries(search: string, actions: Action[]): EntryGroup[] {
  const [, navigate] = useLocation();
  const wanted = search.trim();
  const settled = useSettled(wanted);
  const { data: syncs } = useRecentSyncs();
  const { data: people } = useFoundPeople(settled.length > 1 ? settled : "");

  const pages: Entry[] = routes.map(({ id, title, icon, keys, path: to, group }) => ({
    id: `page-${id}`,
    title,
    detail: text.nav.groups[group],
    icon,
    ...(keys ? { keys } : {}),
    why: null,
    run: () => navigate(to),
  }));
  const acts: Entry[] = actions
    .filter(({ id }) => id !== "palette")
    .map(({ id, title, icon, keys, why, run }) => ({
      id: `action-${id}`,
      title,
      icon,
      ...(keys?.[0] ? { keys: keys[0] } : {}),
      why,
      run,
    }));
  const runs: Entry[] = (syncs ?? []).map(({ id, status, startedAt, summary }) => ({
    id: `sync-${id}`,
    title: text.palette.sync(id),
    detail: [runStatusWord[status], dateSeconds(startedAt), summary].join(" · "),
    icon: DocumentSearchRegular,
    why: null,
    run: () => navigate(path.report(id)),
  }));
  // What was found for other letters is not what is looked for now.
  const found: Entry[] = (wanted === settled && wanted.length > 1 ? (people ?? []) : []).map(({ id, name, userName }) => ({
    id: `user-${id}`,
    title: name || userName,
    detail: userName,
    icon: PersonRegular,
    why: null,
    run: () => navigate(path.user(id)),
  }));

  const matching = (entries: Entry[]) => entries.filter(({ title, detail }) => isFound(wanted, title, detail));
  const { groups } = text.palette;
  return [
    { title: groups.pages, entries: matching(pages) },
    { title: groups.actions, entries: matching(acts) },
    { title: groups.people, entries: found },
    { title: groups.syncs, entries: matching(runs).slice(0, wanted ? 8 : 3) },
  ].filter(({ entries }) => entries.length > 0);
}
