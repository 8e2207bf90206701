import { Button, Popover, PopoverSurface, PopoverTrigger } from "@fluentui/react-components";
import { QuestionCircle20Regular } from "@fluentui/react-icons";
import { text } from "../../text";

/** The words of a search, and what each means. */
export function QueryHelp() {
  return (
    <Popover withArrow trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <Button appearance="transparent" size="small" icon={<QuestionCircle20Regular />} aria-label={text.logs.help} />
      </PopoverTrigger>
      <PopoverSurface className="help" aria-label={text.logs.help}>
        <p>{text.logs.helpIntro}</p>
        <dl>
          {text.logs.helpWords.map(([word, meaning]) => (
            <div key={word} style={{ display: "contents" }}>
              <dt className="mono">{word}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </PopoverSurface>
    </Popover>
  );
}
