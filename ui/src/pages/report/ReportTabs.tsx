import { Tab, TabList } from "@fluentui/react-components";
import type { ObjectKind } from "../../api/bindings";
import { testids } from "../../testids";
import { number, text } from "../../text";

const hooks: Record<ObjectKind, string> = {
  user: "users",
  group: "groups",
  membership: "memberships",
  held: "held",
  skipped: "skipped",
  warning: "warnings",
};

type Props = { counts: Record<ObjectKind, number>; selected: ObjectKind; onSelect: (kind: ObjectKind) => void };

/** Users | Groups | Memberships | On hold | Skipped | Warnings, each with its count. */
export function ReportTabs({ counts, selected, onSelect }: Props) {
  return (
    <TabList selectedValue={selected} onTabSelect={(_, { value }) => onSelect(value as ObjectKind)}>
      {(Object.keys(counts) as ObjectKind[]).map((kind) => (
        <Tab key={kind} value={kind} data-testid={testids.tab(hooks[kind])}>
          {text.report.tabs[kind]}
          <span className="count">{number(counts[kind])}</span>
        </Tab>
      ))}
    </TabList>
  );
}
