import { useOverlays } from "./overlays";
import { useActions } from "./actions";
import { CommandPalette } from "./CommandPalette";
import { HelpPanel } from "./HelpPanel";
import { NoticesPanel } from "./Notices";
import { ShortcutList } from "./ShortcutList";
import { useShortcuts } from "./useShortcuts";

/** The one thing that stands over the page, if any, and the keys that bring it there. */
export function OverlayHost() {
  const { shown, show } = useOverlays();
  const actions = useActions();
  useShortcuts(actions);
  const close = () => show(null);
  switch (shown) {
    case "palette":
      return <CommandPalette actions={actions} onClose={close} />;
    case "shortcuts":
      return <ShortcutList actions={actions} onClose={close} />;
    case "notices":
      return <NoticesPanel onClose={close} />;
    case "help":
      return <HelpPanel onClose={close} />;
    case null:
      return null;
  }
}
