import { expect, test } from "vitest";
import { call, replaceHost, snakeCase, toCommandError } from "./client";

const listen = async () => () => undefined;

test("commands are camelCase here and snake_case in the shell", async () => {
  const seen: unknown[] = [];
  replaceHost({ invoke: async (command, args) => seen.push([command, args]), listen });
  await call("syncStart", { allowArchives: 3 });
  await call("statusGet");
  expect(seen).toEqual([
    ["sync_start", { request: { allowArchives: 3 } }],
    ["status_get", { request: null }],
  ]);
  expect(snakeCase("logsQuery")).toBe("logs_query");
});

test("a refusal arrives as a CommandError, whatever was thrown", async () => {
  const refusal = { code: "invalid", message: "The port is taken.", hint: "Choose another.", field: "listen" };
  replaceHost({ invoke: () => Promise.reject(refusal), listen });
  await expect(call("statusGet")).rejects.toEqual(refusal);
  expect(toCommandError("the shell is gone")).toEqual({
    code: "internal",
    message: "the shell is gone",
    hint: null,
    field: null,
  });
});
