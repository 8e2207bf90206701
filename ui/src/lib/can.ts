// What can be done now, and if not, why: one place, so that a button and the palette say the same.

import type { Status, TokenStatus } from "../api/bindings";
import { text } from "../text";

/** Why no sync can be started; null when one can. */
export function whyNoSync(status: Status | undefined, token: TokenStatus | undefined): string | null {
  if (!status || !token) return text.common.loading;
  if (!status.enabled) return text.can.off;
  if (status.service !== "SCIM") return text.can.adi;
  if (token.state !== "active") return text.token.needsToken;
  return status.running ? text.sync.alreadyRunning : null;
}

/** Why there is no first token to be made. */
export function whyNoFirstToken(token: TokenStatus | undefined): string | null {
  if (!token) return text.common.loading;
  return token.state === "active" ? text.can.tokenThere : null;
}
