import { useLocation } from "wouter";
import type { RunRow } from "../../api/bindings";
import { useReports } from "../../api/queries";
import { Choice } from "../../components/Filters";
import { path } from "../../routes";
import { testids } from "../../testids";
import { text } from "../../text";

/** Any other report, to compare this one with. */
export function CompareWith({ run }: { run: RunRow }) {
  const reports = useReports({ testMode: null, oldestFirst: false });
  const [, navigate] = useLocation();
  const others = reports.rows.filter(({ id, canCompare }) => id !== run.id && canCompare);
  if (others.length === 0) return null;
  const choices = Object.fromEntries(others.map((other) => [`report ${other.id}`, text.compare.option(other)]));
  const go = (choice: string) => {
    const other = Number(choice.split(" ")[1]);
    if (other) navigate(path.compare(Math.min(other, run.id), Math.max(other, run.id)));
  };
  return (
    <span className="end">
      <Choice label={text.compare.label} value="" any={text.compare.none} choices={choices} onChange={go} testid={testids.compare} />
    </span>
  );
}
