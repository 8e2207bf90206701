// Whether the goal of a lesson is reached, seen in the console's own state.

import type { ExemptList, Population, RunRow, Sender, Status, TokenStatus } from "../api/bindings";
import { path } from "../routes";
import type { LessonId } from "../text";
import { isSelf } from "./senders";

export type Facts = {
  status: Status;
  token: TokenStatus;
  syncs: RunRow[];
  senders: Sender[];
  population: Population;
  exempt: ExemptList;
};

type Lesson = { id: LessonId; to: string; isReached: (facts: Facts) => boolean };

const inTestMode = (run: RunRow) => run.testMode && run.status === "completed";

export const LESSONS: Lesson[] = [
  { id: "enable", to: path.provisioning, isReached: ({ status }) => status.enabled && status.service === "SCIM" },
  { id: "token", to: path.provisioning, isReached: ({ token }) => token.state === "active" },
  { id: "test", to: path.testConnection, isReached: ({ senders }) => senders.some((sender) => isSelf(sender) && sender.asked > 2) },
  { id: "connect", to: path.connection, isReached: ({ senders }) => senders.some((sender) => !isSelf(sender) && sender.asked > 0) },
  { id: "people", to: path.directory, isReached: ({ population }) => population.users > 0 },
  { id: "report", to: path.provisioning, isReached: ({ syncs }) => syncs.some(inTestMode) },
  { id: "clean", to: path.reports, isReached: ({ syncs }) => syncs.find(inTestMode)?.counts.skipped === 0 },
  { id: "exempt", to: path.accounts, isReached: ({ exempt }) => exempt.rows.length > 0 },
  { id: "live", to: path.turnOffTestMode, isReached: ({ status }) => !status.testMode },
  { id: "applied", to: path.reports, isReached: ({ syncs }) => syncs.some(({ applied, undoes }) => applied && undoes === null) },
];
