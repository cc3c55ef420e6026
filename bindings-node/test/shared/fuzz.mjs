// Malformed schemes and requests through every way of asking. Runs in Node and in a browser.

/** A small generator of numbers, the same in every run. */
function numbers(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const PIECES = [
  "", "0", "-1", "1e999", "99999999999999999999999999999", "\"1.999999999\"", "\"-0\"", "null", "true",
  "[]", "{}", "[[[[[[[[", "{\"a\":", "\"", "\\", "\\u0000", "\\ud800", "\u0000", "\ud800", "\u{1d11e}", "\ufeff",
  ",", ":", "\n", "\t", "- ", "&a [*a]", "!!str ", "<<: ", "%", "---\n", "\"9999-12-31\"", "\"0000-00-00\"",
  "\"unlimited\"", "\"claim\":{}", "__proto__", "1".repeat(400), "[".repeat(300), "{\"a\":".repeat(300),
];

/** A text with some of its characters cut, doubled, replaced or put in. */
function garble(text, next) {
  let garbled = text;
  for (let i = 0; i <= next(3); i += 1) {
    const from = next(garbled.length + 1);
    const to = Math.min(garbled.length, from + next(12));
    const piece = next(2) === 0 ? PIECES[next(PIECES.length)] : text.slice(next(text.length)).slice(0, next(20));
    garbled = next(20) === 0 ? garbled.slice(0, from) : garbled.slice(0, from) + piece + garbled.slice(to);
  }
  return garbled;
}

/** Throws if anything but an `AdjudicaError` comes out; gives how often which came. */
export async function fuzz(api, { scheme, requests, times }) {
  const next = numbers(20250401);
  const rules = api.compile(scheme);
  const seen = { decisions: 0, errors: 0 };
  const count = (decided) => {
    if (decided instanceof api.Decision) seen.decisions += 1;
    else if (decided instanceof api.AdjudicaError && decided.code !== "engine.panic") seen.errors += 1;
    else throw decided;
  };
  const attempt = (call) => {
    try {
      return call();
    } catch (error) {
      return error;
    }
  };
  const malformed = () => garble(requests[next(requests.length)], next);
  let batch = [];
  for (let i = 0; i < times; i += 1) {
    const way = i % 50;
    if (way === 0) {
      const text = garble(scheme, next);
      const report = api.check(text);
      const compiled = attempt(() => api.compile(text));
      if (compiled instanceof api.RuleSet) seen.decisions += 1;
      else count(compiled);
      if (report.errors.length > 0 !== compiled instanceof api.AdjudicaError) throw new Error(`check and compile differ: ${text}`);
    } else if (way < 25) {
      const text = malformed();
      count(attempt(() => rules.adjudicate(text, { trace: way % 2 === 0 ? "none" : "full" })));
    } else {
      batch.push(malformed());
      if (way === 49) {
        (i % 100 === 49 ? rules.adjudicateMany(batch) : await rules.adjudicateManyAsync(batch, { threads: 2, slice: 10 }))
          .forEach(count);
        batch = [];
      }
    }
  }
  batch.length > 0 && rules.adjudicateMany(batch).forEach(count);
  return seen;
}
