import type { Rich as RichText } from "../text";

/** A sentence with some of its words strong. */
export function Rich({ parts }: { parts: RichText }) {
  return parts.map((part, index) =>
    // The parts of one sentence never change places.
    // oxlint-disable-next-line react/no-array-index-key
    typeof part === "string" ? part : <strong key={index}>{part.strong}</strong>,
  );
}
