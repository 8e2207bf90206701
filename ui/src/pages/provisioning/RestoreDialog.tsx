import type { RestoreOffer } from "../../api/bindings";
import { useRestore } from "../../api/queries";
import { Confirm } from "../../components/Confirm";
import { Rich } from "../../components/Rich";
import { Working } from "../../components/Working";
import { text } from "../../text";

/** Says what takes the place of what, and what is kept. Stays until the window goes. */
export function RestoreDialog({ offer, onClose }: { offer: RestoreOffer; onClose: () => void }) {
  const restore = useRestore();
  const goesOn = restore.isPending || restore.isSuccess;
  return (
    <Confirm
      title={text.data.question}
      confirm={text.data.confirm}
      danger
      busy={goesOn}
      error={restore.error}
      onConfirm={() => restore.mutate(null)}
      onCancel={() => goesOn || onClose()}
    >
      <p className="breakable">{offer.file}</p>
      <p>
        <Rich parts={text.data.offer(offer.at, offer.records)} />
      </p>
      <p>{text.data.replaced}</p>
      <p>
        {text.data.kept} {text.data.startsAgain}
      </p>
      {restore.isPending && <Working what={text.data.reading} />}
      {restore.data && (
        <div role="status" className="breakable">
          <strong>{text.data.restored(restore.data.records)}</strong> {text.data.restoredKept(restore.data.kept)}
        </div>
      )}
    </Confirm>
  );
}
