// openIMIS 1.11 as the core replays it; also runs in the browser.

/** What to ask for and the file with the core's answers, one line for each snapshot. */
export const REPLAYS = {
  "replay-submit": ({ replay }, snapshot) => replay(snapshot, { run: "submit" }),
  "replay-process": ({ replay }, snapshot) => replay(snapshot),
  "replay-flow": ({ replay }, snapshot) => replay(snapshot, { run: "flow" }),
  "replay-standard": ({ replay }, snapshot) => replay(snapshot, { switches: [] }),
  "attribution-process": ({ attribute }, snapshot) => attribute(snapshot),
  "attribution-flow": ({ attribute }, snapshot) => attribute(snapshot, { run: "flow" }),
};

/** Compares every answer with the core's bytes; gives the number of answers. */
export function runReplays(openimis, { snapshots, answers }) {
  let compared = 0;
  for (const [name, ask] of Object.entries(REPLAYS)) {
    for (const [i, snapshot] of snapshots.entries()) {
      const text = JSON.stringify(ask(openimis, snapshot));
      if (text !== answers[name][i]) {
        throw new Error(`${name} ${i}:\n${text.slice(0, 2000)}\nis not\n${answers[name][i]?.slice(0, 2000)}`);
      }
      compared += 1;
    }
  }
  return compared;
}
