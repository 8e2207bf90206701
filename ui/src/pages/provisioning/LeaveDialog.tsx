import { Confirm } from "../../components/Confirm";
import { Rich } from "../../components/Rich";
import { text } from "../../text";

type Props = { labels: string[]; onLeave: () => void; onStay: () => void };

/** Asked when a page with unsaved changes is left. */
export function LeaveDialog({ labels, onLeave, onStay }: Props) {
  return (
    <Confirm
      title={text.saveBar.leave(labels.length)}
      confirm={text.saveBar.discard}
      cancel={text.saveBar.keep}
      onConfirm={onLeave}
      onCancel={onStay}
    >
      <p>
        <Rich parts={text.saveBar.leaveBody(labels)} />
      </p>
    </Confirm>
  );
}
