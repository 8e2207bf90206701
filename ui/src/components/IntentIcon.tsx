import { CheckmarkCircle16Filled, DismissCircle16Filled, type FluentIcon, Info16Filled, Warning16Filled } from "@fluentui/react-icons";
import type { Intent } from "../lib/notices";

const signs: Record<Intent, [FluentIcon, tone: string]> = {
  success: [CheckmarkCircle16Filled, "success"],
  warning: [Warning16Filled, "warning"],
  error: [DismissCircle16Filled, "danger"],
  info: [Info16Filled, "brand"],
};

/** The icon of a notice, which says the rest itself. */
export function IntentIcon({ intent }: { intent: Intent }) {
  const [Icon, tone] = signs[intent];
  return (
    <span className={`mark ${tone}`}>
      <Icon aria-hidden />
    </span>
  );
}
