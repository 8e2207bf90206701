import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { testids } from "../testids";
import type { EventDetail, LogsPage } from "../api/bindings";
import { renderApp } from "../test/render";

test("the quick filters write into the query, and the query into the address", async () => {
  const { user, asked } = renderApp("/logs");
  await screen.findAllByTestId(testids.logRow);
  await user.selectOptions(screen.getByTestId(testids.logFilter("status")), "failure");
  await user.selectOptions(screen.getByTestId(testids.logFilter("kind")), "request");
  expect(screen.getByTestId<HTMLInputElement>(testids.logSearch).value).toBe("status:failure kind:request");
  expect(decodeURIComponent(window.location.hash)).toBe("#/logs?query=status:failure+kind:request");
  await waitFor(() => expect(asked.at(-1)?.request).toMatchObject({ query: "status:failure kind:request" }));

  await user.selectOptions(screen.getByTestId(testids.logFilter("status")), "");
  expect(screen.getByTestId<HTMLInputElement>(testids.logSearch).value).toBe("kind:request");
});

test("what is typed is searched, and the filters follow", async () => {
  const { user } = renderApp("/logs");
  await user.type(await screen.findByTestId(testids.logSearch), "status:skipped");
  expect(screen.getByTestId<HTMLSelectElement>(testids.logFilter("status")).value).toBe("skipped");
  await waitFor(() => expect(screen.getByText(/match$/)).toBeTruthy());
});

test("a row opens its details, and the address remembers it", async () => {
  const { user } = renderApp("/logs");
  const [row] = await screen.findAllByTestId(testids.logRow);
  await user.click(row as HTMLElement);
  expect(await screen.findByText("1. Authenticate")).toBeTruthy();
  expect(window.location.hash).toBe("#/logs?event=1200");
});

test("a request says which client it came from, why, and under which id", async () => {
  const { user } = renderApp("/logs", {}, {
    log_event: async (_, mock) => {
      const event = (await mock()) as EventDetail;
      const row = { ...event.row, client: "Okta", source: "Okta SCIM Client 1.0.0" };
      return { ...event, row, clientReason: "The User-Agent is its own.", changeId: "5f1d6c1e" };
    },
  });
  await user.type(await screen.findByTestId(testids.logSearch), "kind:request");
  const [row] = await screen.findAllByTestId(testids.logRow);
  await user.click(row as HTMLElement);
  await user.click(await screen.findByRole("tab", { name: "Request" }));
  expect(screen.getByText("The User-Agent is its own.").closest("tr")?.textContent).toContain("Okta");
  expect(screen.getByText("5f1d6c1e")).toBeTruthy();
});

test("an export says which files were written", async () => {
  const { user } = renderApp("/logs");
  await user.click(await screen.findByTestId(testids.exportMenu));
  await user.click(await screen.findByTestId(testids.exportFormat("csv")));
  const result = await screen.findByTestId(testids.exportResult);
  expect(result.textContent).toContain("Exported 1,200 rows to 3 files");
  expect(result.textContent).toContain("log-steps.csv");
});

test("an export that takes its time shows that it is being written", async () => {
  let finish = () => {};
  const gate = new Promise<void>((open) => (finish = open));
  const { user } = renderApp("/logs", {}, { logs_export: (_, mock) => gate.then(mock) });
  await user.click(await screen.findByTestId(testids.exportMenu));
  await user.click(await screen.findByTestId(testids.exportFormat("json")));
  expect((await screen.findByRole("progressbar", { name: "Writing the export…" })).getAttribute("aria-valuenow")).toBeNull();
  finish();
  await screen.findByTestId(testids.exportResult);
  expect(screen.queryByRole("progressbar")).toBeNull();
});

/** An engine that looks at ten events a call: `matching` is the first page with a match, counted from 0. */
function shortPages(matching: number) {
  return async (request: unknown, mock: () => Promise<unknown>) => {
    const { query, before } = request as { query: string; before: number | null };
    const page = (await mock()) as LogsPage;
    if (query === "") return page;
    const at = before === null ? 0 : (1200 - before) / 10;
    return { ...page, rows: at === matching ? page.rows.slice(0, 1) : [], next: at < 40 ? 1200 - (at + 1) * 10 : null };
  };
}

const askedFor = (asked: { request: unknown }[], query: string) =>
  asked.filter(({ request }) => (request as { query?: string } | null)?.query === query).length;

test("pages without a match are followed to the one that has it", async () => {
  renderApp("/logs?query=kind:request", {}, { logs_query: shortPages(4) });
  expect((await screen.findAllByTestId(testids.logRow)).length).toBe(1);
  expect(screen.queryByText("No events match.")).toBeNull();
});

test("after ten pages without a match the search rests until it is continued", async () => {
  const { user, asked } = renderApp("/logs?query=kind:request", {}, { logs_query: shortPages(15) });
  const goOn = await screen.findByRole("button", { name: "Continue" });
  expect(askedFor(asked, "kind:request")).toBe(10);
  await user.click(goOn);
  expect((await screen.findAllByTestId(testids.logRow)).length).toBe(1);
});

test("the search for older events can be stopped", async () => {
  let finish = () => {};
  const gate = new Promise<void>((open) => (finish = open));
  const answer = shortPages(15);
  const { user, asked } = renderApp(
    "/logs?query=kind:request",
    {},
    {
      logs_query: async (request, mock) => {
        if ((request as { before: number | null }).before === 1170) await gate;
        return answer(request, mock);
      },
    },
  );
  expect(await screen.findByText("Searching older events…")).toBeTruthy();
  await waitFor(() => expect(askedFor(asked, "kind:request")).toBe(4));
  await user.click(screen.getByRole("button", { name: "Stop" }));
  finish();
  expect(await screen.findByRole("button", { name: "Continue" })).toBeTruthy();
  await new Promise((done) => setTimeout(done, 50));
  expect(askedFor(asked, "kind:request")).toBe(4);
});

test("older events that cannot be read are asked for again only when told to", async () => {
  const answer = shortPages(0);
  const { asked } = renderApp(
    "/logs?query=kind:request",
    {},
    {
      logs_query: async (request, mock) => {
        if ((request as { before: number | null }).before !== null) throw new Error("no");
        return answer(request, mock);
      },
    },
  );
  expect(await screen.findByText("Older events could not be read.")).toBeTruthy();
  await new Promise((done) => setTimeout(done, 50));
  expect(askedFor(asked, "kind:request")).toBe(2);
});
