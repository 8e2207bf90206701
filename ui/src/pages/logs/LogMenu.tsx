import { Button, Menu, MenuItem, MenuItemCheckbox, MenuList, MenuPopover, MenuTrigger } from "@fluentui/react-components";
import {
  EyeOff20Regular,
  MoreHorizontal20Regular,
  PersonSupport20Regular,
  ShieldCheckmark20Regular,
  SettingsCogMultiple20Regular,
} from "@fluentui/react-icons";
import { useState } from "react";
import { testids } from "../../testids";
import { text } from "../../text";
import { LimitsDialog } from "./LimitsDialog";
import { SupportDialog } from "./SupportDialog";
import { VerifyDialog } from "./VerifyDialog";

type Props = { masked: boolean; onMask: (masked: boolean) => void };
type Dialog = "verify" | "limits" | "support" | null;

/** What else can be done with the log. */
export function LogMenu({ masked, onMask }: Props) {
  const [open, setOpen] = useState<Dialog>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Menu
        checkedValues={{ mask: masked ? ["mask"] : [] }}
        onCheckedValueChange={(_, { checkedItems }) => onMask(checkedItems.includes("mask"))}
      >
        <MenuTrigger disableButtonEnhancement>
          <Button icon={<MoreHorizontal20Regular />} aria-label={text.logs.more} data-testid={testids.logMore} />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItemCheckbox name="mask" value="mask" icon={<EyeOff20Regular />} data-testid={testids.logMask}>
              {text.logs.mask}
            </MenuItemCheckbox>
            <MenuItem icon={<ShieldCheckmark20Regular />} onClick={() => setOpen("verify")} data-testid={testids.logVerify}>
              {text.logs.verify}
            </MenuItem>
            <MenuItem
              icon={<SettingsCogMultiple20Regular />}
              onClick={() => setOpen("limits")}
              data-testid={testids.logLimits}
            >
              {text.logs.limits}
            </MenuItem>
            <MenuItem icon={<PersonSupport20Regular />} onClick={() => setOpen("support")} data-testid={testids.logSupport}>
              {text.logs.support}
            </MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {open === "verify" && <VerifyDialog onClose={close} />}
      {open === "limits" && <LimitsDialog onClose={close} />}
      {open === "support" && <SupportDialog onClose={close} />}
    </>
  );
}
