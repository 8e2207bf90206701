import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from "@fluentui/react-components";
import type { ReactNode } from "react";
import { text } from "../../text";

type Props = {
  title: string;
  children: ReactNode;
  action?: ReactNode;
  busy?: boolean;
  wide?: boolean;
  testid?: string;
  onClose: () => void;
};

/** A dialog over the log; while something is under way it stays open. */
export function Sheet({ title, children, action, busy = false, wide = false, testid, onClose }: Props) {
  return (
    <Dialog open onOpenChange={(_, { open }) => open || busy || onClose()}>
      <DialogSurface className={wide ? "logsheet wide" : "logsheet"} data-testid={testid}>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent className="content">{children}</DialogContent>
          <DialogActions>
            <Button disabledFocusable={busy} onClick={onClose}>
              {text.common.close}
            </Button>
            {action}
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
