import { Button } from "@fluentui/react-components";
import { ArrowDownload20Regular } from "@fluentui/react-icons";
import { useState } from "react";
import type { Exported, Facet } from "../api/bindings";
import type { CommandError } from "../api/client";
import { CopyButton } from "../components/CopyButton";
import { ExportResult } from "../components/Export";
import { Page } from "../components/Page";
import { navigate, useParam, wholeNumber } from "../hooks/useHash";
import { useSettled } from "../hooks/useLater";
import { useStored } from "../hooks/useStored";
import { path } from "../routes";
import { testids } from "../testids";
import { text } from "../text";
import { NotFound } from "./NotFound";
import { ActivityList } from "./logs/ActivityList";
import { EventList } from "./logs/EventList";
import { ExportDialog } from "./logs/ExportDialog";
import { FacetList } from "./logs/FacetList";
import { LogFilters } from "./logs/LogFilters";
import { LogMenu } from "./logs/LogMenu";
import { PersonTimeline } from "./logs/PersonTimeline";
import { ViewTabs } from "./logs/ViewTabs";
import { useFacets } from "./logs/useFacets";
import { Masked } from "./logs/useMasked";
import "./logs/logs.css";

/** The provisioning log; an address whose event is no number leads nowhere. */
export function Logs() {
  const [written, setEvent] = useParam("event");
  const event = wholeNumber(written);
  if (written && event === null) return <NotFound />;
  return <Log event={event} setEvent={setEvent} />;
}

type LogProps = { event: number | null; setEvent: (event: number | null) => void };
type Done = { exported: Exported | null; error: CommandError | null };

/** Who, what, did it work, why, and what to do next. */
function Log({ event, setEvent }: LogProps) {
  const [written, setWritten] = useParam("query");
  const [view, setView] = useParam("view");
  const [person, setPerson] = useParam("person");
  const [kept, keep] = useStored("log-look");
  const [exporting, setExporting] = useState(false);
  const [done, setDone] = useState<Done | null>(null);
  // The box writes straight into the address; the shell is asked once it stands still.
  const query = useSettled(written.trim(), 250);
  const masked = kept.includes("masked");
  const faceted = kept.includes("facets");
  const toggle = (word: string, on: boolean) => keep([...kept.filter((each) => each !== word), ...(on ? [word] : [])]);
  const counted = useFacets(view || person ? null : query, faceted);
  const look = { query, masked, event, setEvent };

  return (
    <Masked value={masked}>
      <Page
        title={text.logs.title}
        commands={
          <>
            <CopyButton what={text.logs.copyLink} value={window.location.href} />
            <Button icon={<ArrowDownload20Regular />} onClick={() => setExporting(true)} data-testid={testids.exportMenu}>
              {text.exports.menu}
            </Button>
            <LogMenu masked={masked} onMask={(on) => toggle("masked", on)} />
          </>
        }
        filled
      >
        {done && <ExportResult busy={false} exported={done.exported} error={done.error} onDismiss={() => setDone(null)} />}
        {exporting && (
          <ExportDialog
            query={query}
            masked={masked}
            onClose={() => setExporting(false)}
            onDone={(exported, error) => {
              setDone({ exported, error });
              setExporting(false);
            }}
          />
        )}
        {person ? (
          <PersonTimeline person={person} masked={masked} onBack={() => setPerson(null)} />
        ) : (
          <>
            <LogFilters query={written} counted={byKey(counted.facets)} onChange={setWritten} />
            <ViewTabs view={view} onView={setView} faceted={faceted} onFacets={(on) => toggle("facets", on)} masked={masked} />
            {view === "activity" ? (
              <ActivityList query={query} masked={masked} onShow={(events) => navigate(path.logsOf(events))} />
            ) : (
              <EventList
                {...look}
                facets={(stored) =>
                  faceted && <FacetList counted={counted} stored={stored} query={written} onChange={setWritten} />
                }
                onClear={() => setWritten(null)}
              />
            )}
          </>
        )}
      </Page>
    </Masked>
  );
}

const byKey = (facets: Facet[]) => Object.fromEntries(facets.map(({ key, values }) => [key, values]));
