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

async function exportAs(user: ReturnType<typeof renderApp>["user"], format: string) {
  await user.click(await screen.findByTestId(testids.exportMenu));
  await user.click(await screen.findByTestId(testids.exportFormat(format)));
  await user.click(screen.getByTestId(testids.logExportGo));
}

test("an export says which files were written, and asks for what was chosen", async () => {
  const { user, asked } = renderApp("/logs");
  await user.click(await screen.findByTestId(testids.exportMenu));
  await user.click(await screen.findByLabelText(/pseudonyms/));
  await user.click(screen.getByLabelText(/byte order mark/));
  await user.click(screen.getByTestId(testids.logExportGo));
  const result = await screen.findByTestId(testids.exportResult);
  expect(result.textContent).toContain("Exported 1,200 rows to 3 files");
  expect(result.textContent).toContain("log-steps.csv");
  const request = asked.find(({ command }) => command === "logs_export")?.request;
  expect(request).toEqual({ query: "", format: "csv", masked: true, byteOrderMark: false });
});

test("an export that takes its time shows how far it is, and can be cancelled", async () => {
  let finish = () => {};
  const gate = new Promise<void>((open) => (finish = open));
  const { user, asked } = renderApp("/logs", {}, { logs_export: () => gate.then(() => null) });
  await exportAs(user, "har");
  expect(await screen.findByText("480,000 of 1,000,000 events looked at")).toBeTruthy();
  await user.click(screen.getByTestId(testids.walkCancel));
  expect(asked.some(({ command }) => command === "walk_cancel")).toBe(true);
  finish();
  await waitFor(() => expect(screen.queryByRole("progressbar")).toBeNull());
  expect(screen.queryByTestId(testids.exportResult)).toBeNull();
});

test("the box completes keys, and values with their counts", async () => {
  const { user } = renderApp("/logs");
  await screen.findAllByTestId(testids.logRow);
  const box = screen.getByTestId<HTMLInputElement>(testids.logSearch);
  await user.type(box, "st");
  expect(box.getAttribute("aria-expanded")).toBe("true");
  await user.keyboard("{ArrowDown}{Enter}");
  expect(box.value).toBe("status:");
  const failure = await screen.findByRole("option", { name: /^status:failure, \d+ events$/ });
  await user.click(failure);
  expect(box.value).toBe("status:failure ");
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("listbox")).toBeNull();
});

test("counts narrow the search and widen it again", async () => {
  const { user } = renderApp("/logs");
  await user.click(await screen.findByTestId(testids.logFilter("facets")));
  const facets = await screen.findByTestId(testids.logFacets);
  await waitFor(() => expect(facets.textContent).toContain("1,200 events counted."));
  const failure = await screen.findByRole("button", { name: /^Status failure: / });
  await user.click(failure);
  expect(screen.getByTestId<HTMLInputElement>(testids.logSearch).value).toBe("status:failure");
  await user.click(await screen.findByRole("button", { name: /^Status failure: / }));
  expect(screen.getByTestId<HTMLInputElement>(testids.logSearch).value).toBe("");
  await user.click(screen.getByTestId(testids.logFilter("facets")));
});

test("a search is kept as a view, opened and removed", async () => {
  const { user } = renderApp("/logs?query=client:okta");
  await user.click(await screen.findByTestId(testids.logSavedViews));
  await user.click(await screen.findByRole("menuitem", { name: "Save this search…" }));
  await user.type(await screen.findByRole("textbox", { name: "Name of the view" }), "Okta{Enter}");
  await user.click(screen.getByTestId(testids.logSavedViews));
  await user.click(await screen.findByRole("menuitem", { name: /^Rejected requests/ }));
  expect(screen.getByTestId<HTMLInputElement>(testids.logSearch).value).toBe("is:rejected");
  await user.click(screen.getByTestId(testids.logSavedViews));
  await user.click(await screen.findByRole("menuitem", { name: /^Okta/ }));
  expect(screen.getByTestId<HTMLInputElement>(testids.logSearch).value).toBe("client:okta");
  await user.click(screen.getByTestId(testids.logSavedViews));
  await user.click(await screen.findByRole("menuitem", { name: "Remove the view Okta" }));
  expect(localStorage.getItem("scim-desk.log-views")).toBe("[]");
});

test("personal data is masked in the list and in the details", async () => {
  const { user, asked } = renderApp("/logs?query=kind:request");
  await screen.findAllByTestId(testids.logRow);
  await user.click(screen.getByTestId(testids.logMore));
  await user.click(await screen.findByTestId(testids.logMask));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.getAllByText(/@masked\.invalid/).length).toBeGreaterThan(3));
  await user.click((await screen.findAllByTestId(testids.logRow))[0] as HTMLElement);
  await screen.findByText("1. Authenticate");
  expect(asked.findLast(({ command }) => command === "log_event")?.request).toMatchObject({ masked: true });
  localStorage.clear();
});

test("the log is verified, and its head can be copied", async () => {
  const { user } = renderApp("/logs");
  await user.click(await screen.findByTestId(testids.logMore));
  await user.click(await screen.findByTestId(testids.logVerify));
  await user.click(await screen.findByTestId(testids.logExportGo));
  const found = await screen.findByTestId(testids.logVerified);
  expect(found.textContent).toContain("1,200 events compared, none altered, none removed");
});

test("limits say what they would remove before they are saved", async () => {
  const { user, asked } = renderApp("/logs");
  await user.click(await screen.findByTestId(testids.logMore));
  await user.click(await screen.findByTestId(testids.logLimits));
  const events = await screen.findByLabelText("Events kept at most");
  await user.clear(events);
  await user.type(events, "1000");
  expect(await screen.findByText(/200 events would be removed/)).toBeTruthy();
  await user.click(screen.getByLabelText("Keep the bodies of requests and answers"));
  await user.click(screen.getByTestId(testids.logExportGo));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  const saved = asked.find(({ command }) => command === "settings_save")?.request;
  expect(saved).toMatchObject({ logEvents: 1000, captureBodies: false, alertSyncs: true });
});

test("what happened is told in sentences that lead to their events", async () => {
  const { user } = renderApp("/logs");
  await user.click(await screen.findByTestId(testids.logView("activity")));
  const [row] = await screen.findAllByTestId(testids.activityRow);
  expect(row?.textContent).toMatch(/disabled 3 people|administrator|Sync 41/);
  await user.click((await screen.findAllByRole("button", { name: "Show the events" }))[0] as HTMLElement);
  expect(window.location.hash).toContain("query=");
  await screen.findAllByTestId(testids.logRow);
});

test("a request is replayed with another body, and the difference is shown", async () => {
  const { user, asked } = renderApp("/logs?query=action:patch");
  await user.click((await screen.findAllByTestId(testids.logRow))[0] as HTMLElement);
  await user.click(await screen.findByRole("tab", { name: "Request" }));
  await user.click(screen.getByTestId(testids.logReplay));
  const body = await screen.findByTestId(testids.logReplayBody);
  await user.clear(body);
  await user.type(body, "{{}");
  await user.click(screen.getByTestId(testids.logReplayGo));
  const replayed = await screen.findByTestId(testids.logReplayed);
  expect(replayed.textContent).toContain("Change Mara Okafor");
  const request = asked.find(({ command }) => command === "logs_replay")?.request;
  expect(request).toMatchObject({ body: "{}", method: null, path: null, person: null, sync: null });
});

test("an event leads to the history of the person it is about", async () => {
  const { user } = renderApp("/logs?query=action:patch action:User");
  await screen.findAllByTestId(testids.logRow);
  await user.click((await screen.findAllByText("PATCH User"))[0] as HTMLElement);
  await user.click(await screen.findByTestId(testids.logHistory));
  expect(await screen.findByRole("heading", { name: /^History of / })).toBeTruthy();
  const [row] = await screen.findAllByTestId(testids.logHistoryRow);
  expect(row?.textContent).toContain("Senior Analyst");
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

const askedFor = (asked: { command: string; request: unknown }[], query: string) =>
  asked.filter(({ command, request }) => command === "logs_query" && (request as { query: string }).query === query).length;

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
