import { Tab, TabList, ToggleButton } from "@fluentui/react-components";
import { DataPie16Regular } from "@fluentui/react-icons";
import { testids } from "../../testids";
import { text } from "../../text";

type Props = {
  view: string;
  faceted: boolean;
  masked: boolean;
  onView: (view: string | null) => void;
  onFacets: (on: boolean) => void;
};

/** Events or sentences; whether they are counted; and whether personal data is masked. */
export function ViewTabs({ view, faceted, masked, onView, onFacets }: Props) {
  const shown = view === "activity" ? "activity" : "events";
  return (
    <div className="row">
      <TabList
        size="small"
        selectedValue={shown}
        onTabSelect={(_, { value }) => onView(value === "activity" ? "activity" : null)}
      >
        <Tab value="events" data-testid={testids.logView("events")}>
          {text.logs.views.events}
        </Tab>
        <Tab value="activity" data-testid={testids.logView("activity")}>
          {text.logs.views.activity}
        </Tab>
      </TabList>
      {shown === "events" && (
        <ToggleButton
          size="small"
          appearance="subtle"
          icon={<DataPie16Regular />}
          checked={faceted}
          onClick={() => onFacets(!faceted)}
          data-testid={testids.logFilter("facets")}
        >
          {text.logs.facets}
        </ToggleButton>
      )}
      {masked && <span className="quiet">{text.logs.masked}</span>}
    </div>
  );
}
