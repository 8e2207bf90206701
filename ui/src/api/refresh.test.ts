import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { replaceHost } from "./client";
import { invalidateTopics } from "./queries";
import { LIST_EVERY } from "./refresh";

const list = ["usersList", "pages", {}];
const user = ["userGet", { id: "u1" }];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A query on the screen whose answer takes this long. */
async function onScreen(queryKey: unknown[], takes: number, answer: unknown = {}) {
  replaceHost({ invoke: async () => null, listen: async () => () => undefined });
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } });
  const queryFn = vi.fn<() => Promise<unknown>>(() => new Promise((done) => setTimeout(() => done(answer), takes)));
  const leave = new QueryObserver(client, { queryKey, queryFn }).subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(takes);
  return { client, queryFn, leave };
}

test("a slow answer is waited for, and asked for once more", async () => {
  const { client, queryFn, leave } = await onScreen(user, 3000);
  for (let change = 0; change < 3; change += 1) {
    invalidateTopics(client, ["directory"]);
    await vi.advanceTimersByTimeAsync(500);
  }
  expect(queryFn).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(queryFn).toHaveBeenCalledTimes(3);
  leave();
});

test("a list that changes every second is read every five, and the last change is seen", async () => {
  const { client, queryFn, leave } = await onScreen(list, 10);
  await vi.advanceTimersByTimeAsync(LIST_EVERY);
  for (let second = 0; second < 20; second += 1) {
    invalidateTopics(client, ["directory"]);
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(queryFn.mock.calls.length).toBeLessThanOrEqual(1 + 5);
  const before = queryFn.mock.calls.length;
  await vi.advanceTimersByTimeAsync(LIST_EVERY + 10);
  expect(queryFn).toHaveBeenCalledTimes(before + 1);
  leave();
});

test.each([
  ["finished", { run: { status: "completed" }, canAllowOnce: false }, 1],
  ["still running", { run: { status: "processing" }, canAllowOnce: false }, 2],
  ["held by the guard rail", { run: { status: "stopped" }, canAllowOnce: true }, 2],
])("a report that is %s", async (_, report, asked) => {
  const { client, queryFn, leave } = await onScreen(["reportGet", { id: 41 }], 10, report);
  invalidateTopics(client, ["runs"]);
  await vi.advanceTimersByTimeAsync(100);
  expect(queryFn).toHaveBeenCalledTimes(asked);
  leave();
});
