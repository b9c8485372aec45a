// The words of html-validate about a page as it was served: nesting, names, references, labels. Empty: nothing is wrong.
import { HtmlValidate } from "html-validate";

const checker = new HtmlValidate({
  root: true,
  extends: ["html-validate:standard", "html-validate:a11y"],
  rules: {
    "no-trailing-whitespace": "off", // templates fold white space, browsers too
    "no-implicit-button-type": "off", // each button stands in a form and sends it
    "doctype-style": "off", // <!doctype html> in small letters
  },
});

export async function faults(html) {
  const { results } = await checker.validateString(html);
  return results.flatMap((r) => r.messages).map((m) => `${m.ruleId} at ${m.line}:${m.column} ${m.message}`);
}
