import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { useReturnFocus } from "../hooks/useReturnFocus";
import { text } from "../text";

type Props = { title: string; lead?: string; actions?: ReactNode; onClose: () => void; children: ReactNode };

/** A dialog that shows something and is closed again; what is done in it acts at once. */
export function Sheet({ title, lead, actions, onClose, children }: Props) {
  useReturnFocus();
  return (
    <Dialog open modalType="modal" onOpenChange={(_, { open }) => open || onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent className="stack">
            {lead && <p className="quiet">{lead}</p>}
            {children}
          </DialogContent>
          <DialogActions fluid>
            {actions}
            <Button className="end" onClick={onClose}>
              {text.common.close}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
