import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { ReportRow } from "../../api/bindings";
import { renderPiece } from "../../test/render";
import { ChangeRow } from "./ChangeRow";

const row: ReportRow = {
  index: 0,
  object: "user",
  action: "change",
  name: "Mara Okafor",
  detail: "mara.okafor@contoso.example",
  reason: "The job title differs.",
  fields: [
    { label: "Job title", path: "title", before: "Analyst", after: "Senior Analyst" },
    { label: "Custom field 1", path: "kmsat:customField1", before: null, after: "EMEA" },
    { label: "Location", path: "addresses[work].locality", before: "Oslo", after: null },
  ],
  unchanged: 14,
  isNew: true,
  target: null,
  onHold: false,
  heldBy: null,
};

test("before → after is struck, inserted, and said in words", () => {
  renderPiece(
    <ul>
      <ChangeRow row={row} />
    </ul>,
  );
  const [title, custom, location] = screen.getAllByRole("definition");
  expect(title?.querySelector("del")?.textContent).toBe("was Analyst");
  expect(title?.querySelector("ins")?.textContent).toBe("becomes Senior Analyst");
  expect(custom?.querySelector("del")).toBeNull();
  expect(custom?.textContent).toBe("becomes EMEA");
  expect(location?.querySelector("ins")).toBeNull();
  expect(location?.textContent).toContain("no value");
});

test("it says why, what is hidden, and that it is new", () => {
  renderPiece(
    <ul>
      <ChangeRow row={row} />
    </ul>,
  );
  expect(screen.getByText("Because: The job title differs.")).toBeTruthy();
  expect(screen.getByText("14 unchanged attributes hidden")).toBeTruthy();
  expect(screen.getByText("New")).toBeTruthy();
});
