import { Button } from "@fluentui/react-components";
import { ArrowDownload20Regular, ArrowUpload20Regular } from "@fluentui/react-icons";
import { useBackUp, useData, useRestoreOffer } from "../../api/queries";
import { Outcome } from "../../components/Outcome";
import { Working } from "../../components/Working";
import { testids } from "../../testids";
import { text } from "../../text";
import { RestoreDialog } from "./RestoreDialog";

/** All the data as one file, and back. Both act at once and never wait for Save Changes. */
export function DataBlock() {
  const data = useData();
  const backUp = useBackUp();
  const offer = useRestoreOffer();
  const busy = backUp.isPending || offer.isPending;
  const start = (act: typeof backUp | typeof offer) => {
    backUp.reset();
    offer.reset();
    act.mutate(null);
  };

  return (
    <div className="card">
      <section className="setting">
        <div>
          <h2>{text.data.title}</h2>
          {data.data && <p className="breakable">{text.data.where(data.data.path, data.data.bytes)}</p>}
          <p className="quiet">{text.data.hint}</p>
        </div>
        <div className="row">
          <Button
            icon={<ArrowDownload20Regular />}
            disabledFocusable={busy}
            onClick={() => start(backUp)}
            data-testid={testids.dataBackUp}
          >
            {text.data.backUp}
          </Button>
          <Button
            icon={<ArrowUpload20Regular />}
            disabledFocusable={busy}
            onClick={() => start(offer)}
            data-testid={testids.dataRestore}
          >
            {text.data.restore}
          </Button>
        </div>
      </section>
      <Results backUp={backUp} offer={offer} />
      {offer.data && <RestoreDialog offer={offer.data} onClose={offer.reset} />}
    </div>
  );
}

type ResultsProps = { backUp: ReturnType<typeof useBackUp>; offer: ReturnType<typeof useRestoreOffer> };

/** That it is being done; then what came of it. Nothing when the administrator picked no file. */
function Results({ backUp, offer }: ResultsProps) {
  const [failed, title] = backUp.error ? [backUp, text.data.notBackedUp] : [offer, text.data.notRestored];
  if (backUp.isPending || offer.isPending) {
    return (
      <section>
        <Working what={backUp.isPending ? text.data.backingUp : text.data.reading} />
      </section>
    );
  }
  if (failed.error) {
    return (
      <section>
        <Outcome intent="error" title={title} testid={testids.dataResult} onDismiss={failed.reset}>
          {failed.error.message} {failed.error.hint}
        </Outcome>
      </section>
    );
  }
  if (!backUp.data) return null;
  const { file, records, unread } = backUp.data;
  const isWhole = unread.length === 0;
  return (
    <section>
      <Outcome
        intent={isWhole ? "success" : "error"}
        title={isWhole ? text.data.backedUp(records) : text.data.notAllRead(records)}
        testid={testids.dataResult}
        onDismiss={backUp.reset}
      >
        <ul className="files">
          {[file, ...unread].map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Outcome>
    </section>
  );
}
