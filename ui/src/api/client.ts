// The one door to the shell. Nothing else in this folder tree imports `@tauri-apps`.

import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { CommandError, Commands, PracticeProgress, Progress, Topic } from "./bindings";

export type { CommandError };

export type CommandName = keyof Commands;

/** What the shell tells the window without being asked. */
export type HostEvents = {
  progress: Progress;
  changed: Topic[];
  /** A link, or the status icon, wants this page. */
  open: string;
  /** The window is being closed for the first time where there is a status icon. */
  closing: null;
  /** How far a cycle of the practice provider is; null when it has ended. */
  practice: PracticeProgress | null;
};

/** Whoever answers: the Tauri shell, the mock, or a test. */
export interface Host {
  invoke(command: string, args: { request: unknown }): Promise<unknown>;
  listen<E extends keyof HostEvents>(event: E, handle: (payload: HostEvents[E]) => void): Promise<() => void>;
}

const tauri: Host = {
  invoke: (command, args) => invoke(command, args),
  listen: (event, handle) => listen(event, ({ payload }) => handle(payload as HostEvents[typeof event])),
};

let host: Promise<Host> | null = null;

/** Puts another host in place of the shell; for tests. */
export function replaceHost(replacement: Host): void {
  host = Promise.resolve(replacement);
}

function currentHost(): Promise<Host> {
  host ??=
    import.meta.env.VITE_HOST === "mock" ? import("./mock").then(({ createMock }) => createMock()) : Promise.resolve(tauri);
  return host;
}

type Arguments<C extends CommandName> = Commands[C]["request"] extends null ? [] : [request: Commands[C]["request"]];

/** Runs a command of the shell; rejects with a `CommandError`. */
export async function call<C extends CommandName>(command: C, ...[request]: Arguments<C>): Promise<Commands[C]["response"]> {
  try {
    const answer = await (await currentHost()).invoke(snakeCase(command), { request: request ?? null });
    return answer as Commands[C]["response"];
  } catch (error) {
    throw toCommandError(error);
  }
}

/** Hears the shell until the returned function is called. */
export function hear<E extends keyof HostEvents>(event: E, handle: (payload: HostEvents[E]) => void): () => void {
  const unlisten = currentHost().then((each) => each.listen(event, handle));
  return () => void unlisten.then((stop) => stop());
}

/** `settingsSave` is `settings_save` to the shell. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Whatever was thrown, as something a page can show. */
export function toCommandError(thrown: unknown): CommandError {
  const given = typeof thrown === "object" && thrown !== null ? (thrown as Partial<CommandError>) : {};
  return {
    code: given.code ?? "internal",
    message: given.message ?? String(thrown),
    hint: given.hint ?? null,
    field: given.field ?? null,
  };
}
