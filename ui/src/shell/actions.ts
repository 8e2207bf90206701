// Everything that can be done from anywhere: the command palette, the shortcuts and their list
// come from this table.

import {
  AlertRegular,
  ArrowClockwiseRegular,
  ArrowDownloadRegular,
  ArrowSyncRegular,
  ArrowUndoRegular,
  CopyRegular,
  DarkThemeRegular,
  FilterRegular,
  type FluentIcon,
  KeyboardRegular,
  KeyRegular,
  PlugConnectedCheckmarkRegular,
  QuestionCircleRegular,
  SaveRegular,
  SearchRegular,
} from "@fluentui/react-icons";
import { useQueryClient } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { useStatus, useSyncStart, useToken } from "../api/queries";
import { type OfferId, useOffers } from "../hooks/useOffer";
import { PREFERENCES, setPreference } from "../hooks/usePreference";
import { whyNoFirstToken, whyNoSync } from "../lib/can";
import { writeClipboard } from "../lib/clipboard";
import { notify } from "../lib/notices";
import { path } from "../routes";
import { text } from "../text";
import { useOverlays } from "./overlays";
import { useTokenIssuer } from "./TokenIssuer";

export type Action = {
  id: string;
  title: string;
  icon: FluentIcon;
  /** The keys that do it; the first are shown. */
  keys?: string[];
  /** What stands in its way. */
  why: string | null;
  run: () => void;
};

const filterBox = () => document.querySelector<HTMLElement>("main [role=searchbox]");

/** Every action, as things stand now. */
export function useActions(): Action[] {
  return [...useConsoleActions(), ...usePageActions(), ...useWindowActions()];
}

function useConsoleActions(): Action[] {
  const { data: status } = useStatus();
  const { data: token } = useToken();
  const sync = useSyncStart();
  const issuer = useTokenIssuer();
  const [, navigate] = useLocation();
  const copy = async () => {
    const copied = await writeClipboard(status?.tenantUrl ?? "");
    notify({
      intent: copied ? "success" : "warning",
      title: copied ? text.common.copied(text.provisioning.tenantUrl) : text.common.notCopied,
      toast: true,
    });
  };
  return [
    {
      id: "forceSync",
      title: text.actions.forceSync,
      icon: ArrowSyncRegular,
      keys: ["Ctrl+Enter"],
      why: sync.isPending ? text.sync.alreadyRunning : whyNoSync(status, token),
      run: () => sync.mutate({ allowArchives: null }),
    },
    {
      id: "generateToken",
      title: text.actions.generateToken,
      icon: KeyRegular,
      why: issuer.busy ? text.token.issuing : whyNoFirstToken(token),
      run: () => void issuer.issue("tokenGenerate"),
    },
    { id: "copyTenantUrl", title: text.actions.copyTenantUrl, icon: CopyRegular, why: null, run: () => void copy() },
    {
      id: "testConnection",
      title: text.actions.testConnection,
      icon: PlugConnectedCheckmarkRegular,
      why: null,
      run: () => navigate(path.testConnection),
    },
  ];
}

function usePageActions(): Action[] {
  const offers = useOffers();
  const client = useQueryClient();
  const offered = (id: OfferId, icon: FluentIcon, keys?: string[]): Action => ({
    id,
    title: text.actions[id],
    icon,
    ...(keys ? { keys } : {}),
    why: offers.get(id) ? (offers.get(id)?.why ?? null) : text.can.noOffer[id],
    run: () => offers.get(id)?.act(),
  });
  return [
    offered("save", SaveRegular, ["Ctrl+S"]),
    offered("discard", ArrowUndoRegular),
    offered("export", ArrowDownloadRegular, ["Ctrl+E"]),
    {
      id: "filter",
      title: text.actions.filter,
      icon: FilterRegular,
      keys: ["Ctrl+F"],
      why: filterBox() ? null : text.can.noFilter,
      // The palette gives the focus back first.
      run: () => setTimeout(() => filterBox()?.focus(), 50),
    },
    {
      id: "refresh",
      title: text.actions.refresh,
      icon: ArrowClockwiseRegular,
      keys: ["Ctrl+R", "F5"],
      why: null,
      run: () => void client.invalidateQueries({ refetchType: "active" }),
    },
  ];
}

function useWindowActions(): Action[] {
  const { show } = useOverlays();
  const overlay = (id: "palette" | "help" | "shortcuts" | "notices", icon: FluentIcon, keys?: string[]): Action => ({
    id,
    title: text.actions[id],
    icon,
    ...(keys ? { keys } : {}),
    why: null,
    run: () => show(id),
  });
  return [
    overlay("palette", SearchRegular, ["Ctrl+K"]),
    overlay("help", QuestionCircleRegular, ["F1"]),
    overlay("shortcuts", KeyboardRegular, ["Ctrl+/"]),
    overlay("notices", AlertRegular),
    ...PREFERENCES.theme.map((word) => ({
      id: `theme-${word}`,
      title: text.actions.theme(text.theme[word]),
      icon: DarkThemeRegular,
      why: null,
      run: () => setPreference("theme", word),
    })),
  ];
}
