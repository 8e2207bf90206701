import { Page } from "../components/Page";
import { text } from "../text";
export function Overview() {
  return <Page title={text.pages.overview}>{null}</Page>;
}
