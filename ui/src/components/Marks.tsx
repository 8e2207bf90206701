// The small signs: what a sync does, how something came out. Always an icon and a word.

import {
  Add16Filled,
  Archive16Filled,
  ArrowSyncCircle16Filled,
  ArrowUndo16Filled,
  CheckmarkCircle16Filled,
  Clock16Regular,
  DismissCircle16Filled,
  Edit16Filled,
  type FluentIcon,
  Prohibited16Filled,
  SubtractCircle16Filled,
  Warning16Filled,
} from "@fluentui/react-icons";
import type { Action, ActionCounts, EventStatus, RunStatus } from "../api/bindings";
import { actionWord, eventStatusWord, number, runStatusWord, text } from "../text";

export const ACTIONS: Action[] = ["create", "change", "archive", "restore"];

export const actionSign: Record<Action, { symbol: string; icon: FluentIcon; count: keyof ActionCounts }> = {
  create: { symbol: "+", icon: Add16Filled, count: "created" },
  change: { symbol: "~", icon: Edit16Filled, count: "changed" },
  archive: { symbol: "−", icon: Archive16Filled, count: "archived" },
  restore: { symbol: "↺", icon: ArrowUndo16Filled, count: "restored" },
};

export const sumOf = (counts: ActionCounts) => counts.created + counts.changed + counts.archived + counts.restored;

/** `+3 ~1 −2 ↺1`, with the words for those who listen. */
export function Counts({ counts, words = actionWord }: { counts: ActionCounts; words?: Record<Action, string> }) {
  if (sumOf(counts) === 0) {
    return (
      <span className="counts">
        <span className="nothing" aria-hidden>
          –
        </span>
        <span className="sr">{text.reports.noChanges}</span>
      </span>
    );
  }
  return (
    <span className="counts">
      {ACTIONS.map((action) => {
        const { symbol, count } = actionSign[action];
        if (counts[count] === 0) return null;
        return (
          <span key={action} className={action} title={text.reports.counts(words[action], counts[count])}>
            <span aria-hidden>{symbol + number(counts[count])}</span>
            <span className="sr">{text.reports.counts(words[action], counts[count])} </span>
          </span>
        );
      })}
    </span>
  );
}

type Tone = "success" | "danger" | "warning" | "neutral" | "brand";

const eventSign: Record<EventStatus, [FluentIcon, Tone]> = {
  success: [CheckmarkCircle16Filled, "success"],
  failure: [DismissCircle16Filled, "danger"],
  skipped: [SubtractCircle16Filled, "neutral"],
  warning: [Warning16Filled, "warning"],
};

const runSign: Record<RunStatus, [FluentIcon, Tone]> = {
  pending: [Clock16Regular, "neutral"],
  processing: [ArrowSyncCircle16Filled, "brand"],
  completed: [CheckmarkCircle16Filled, "success"],
  skipped: [SubtractCircle16Filled, "neutral"],
  stopped: [Prohibited16Filled, "warning"],
  failed: [DismissCircle16Filled, "danger"],
};

function Mark({ sign: [Icon, tone], word }: { sign: [FluentIcon, Tone]; word: string }) {
  return (
    <span className={`mark ${tone}`}>
      <Icon aria-hidden />
      {word}
    </span>
  );
}

export const EventMark = ({ status }: { status: EventStatus }) => (
  <Mark sign={eventSign[status]} word={eventStatusWord[status]} />
);
export const RunMark = ({ status }: { status: RunStatus }) => <Mark sign={runSign[status]} word={runStatusWord[status]} />;

/** The icon alone, for places that say the word themselves. */
export function EventIcon({ status }: { status: EventStatus }) {
  const [Icon, tone] = eventSign[status];
  return (
    <span className={`mark ${tone}`}>
      <Icon aria-label={eventStatusWord[status]} />
    </span>
  );
}

/** Active or not, in whichever words fit. */
export function ActiveMark({ active, words: [yes, no] }: { active: boolean; words: readonly [string, string] }) {
  return (
    <Mark sign={active ? [CheckmarkCircle16Filled, "success"] : [SubtractCircle16Filled, "neutral"]} word={active ? yes : no} />
  );
}
