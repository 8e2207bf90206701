// The practice identity provider, as far as the pages need it.

import type { Commands, PracticeEntry, PracticePerson, PracticeState } from "../bindings";
import type { HostEvents } from "../client";
import { people } from "./people";

type Handlers = {
  [C in Extract<keyof Commands, `practice${string}`>]: (
    request: Commands[C]["request"],
  ) => Commands[C]["response"] | Promise<Commands[C]["response"]>;
};

type Tell = (payload: HostEvents["practice"]) => void;

export function createPractice(isConnected: boolean, tell: Tell, wait: () => Promise<unknown>): Handlers {
  const persons: PracticePerson[] = people.slice(0, 42).map(({ id, name, userName, title, department, active }, index) => ({
    id: `p-${id}`,
    name,
    userName,
    title,
    department,
    enabled: active,
    deleted: false,
    assigned: index % 9 !== 0,
    pending: index % 14 === 0,
  }));
  let log: PracticeEntry[] = [];
  const state: PracticeState = {
    organisation: "Contoso",
    people: 42,
    groups: 6,
    personas: [
      { id: "entra", name: "Microsoft Entra ID" },
      { id: "okta", name: "Okta" },
    ],
    persona: "entra",
    everybody: false,
    connected: isConnected,
    initial: true,
    progress: null,
    quarantine: null,
    failingPercent: 0,
    failing: 0,
    logRows: 0,
  };
  const page = <T extends { name: string }>(rows: T[], { search, offset, limit }: { search: string; offset: number; limit: number }) => {
    const found = rows.filter((row) => JSON.stringify(row).toLowerCase().includes(search.toLowerCase()));
    return { total: found.length, rows: found.slice(offset, offset + limit) };
  };
  return {
    practiceGet: () => ({ ...state, people: persons.filter(({ deleted }) => !deleted).length }),
    practiceConnect: () => Object.assign(state, { connected: true }),
    practiceConfigure: ({ persona, everybody }) => Object.assign(state, { persona, everybody, initial: true }),
    practiceStop: () => null,
    practiceCycle: async () => {
      const sent = persons.filter(({ pending, assigned }) => assigned && (pending || state.initial));
      for (let done = 0; done <= sent.length; done += 7) {
        tell({ phase: "Users", done, total: sent.length });
        await wait();
      }
      tell(null);
      const at = new Date().toISOString();
      log = [
        ...sent.map((person, index) => ({ id: `${at}${index}`, at, action: state.initial ? "Create" : "Update", status: "success" as const, name: person.name, reason: "" })),
        ...log,
      ];
      const { initial } = state;
      for (const person of persons) person.pending = false;
      Object.assign(state, { initial: false, logRows: log.length });
      const [created, updated] = initial ? [sent.length, 0] : [0, sent.length];
      return { initial, created, updated, disabled: 0, deleted: 0, failed: 0, skipped: 0, requests: sent.length * 2, error: null };
    },
    practicePeople: (request) => page(persons, request),
    practiceEdit: ({ id, ...part }) => {
      const person = persons.find((each) => each.id === id);
      const changed = Object.fromEntries(Object.entries(part).filter(([, value]) => value !== null));
      if (person) Object.assign(person, changed, { pending: true });
      return null;
    },
    practiceLog: (request) => page(log, request),
  };
}
