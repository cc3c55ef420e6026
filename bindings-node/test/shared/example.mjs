// What every door must answer, byte for byte, as the core did. Runs in Node and in a browser.

/** The questions that the module for every page answers; all others are its `office`'s. */
export const COUNTER = ["decision", "eligibility"];

/** Fails unless two texts are the same. */
function same(found, expected, what) {
  if (found !== expected) throw new Error(`${what}\n found    ${found}\n expected ${expected}`);
}

/** The text of a decision, or the error as the engine writes it. */
function answerOf(api, decided) {
  if (decided instanceof api.AdjudicaError) return JSON.stringify({ error: decided.toJSON() });
  if (decided instanceof api.Decision) return decided.text;
  throw new Error(`neither decision nor error: ${decided}`);
}

function one(api, rules, request) {
  try {
    return answerOf(api, rules.adjudicate(request));
  } catch (error) {
    return answerOf(api, error);
  }
}

function asked(api, rules, question, request) {
  try {
    return rules.askJson(question, request);
  } catch (error) {
    return answerOf(api, error);
  }
}

/**
 * Runs all requests of an example through every way of asking; gives the number of answers
 * compared. `answered` are the questions that the package's part answers: all if left out.
 */
export async function runExample(api, example, answered) {
  const rules = api.compile(example.scheme);
  same(JSON.stringify({ digest: rules.digest, report: api.check(example.scheme) }), example.compiled, "compiled");
  let compared = 0;
  const compare = (found, expected, what) => {
    same(found, expected, `${example.name}, ${what}`);
    compared += 1;
  };

  for (const [trace, answers] of Object.entries(example.answers)) {
    compare(rules.adjudicateNdjson(example.requests.join("\n"), { trace }), answers, `ndjson, trace ${trace}`);
    for (const [i, line] of answers.trimEnd().split("\n").entries()) {
      if (line.startsWith('{"error"')) continue; // Its line is the batch's, below it is its own.
      compare(rules.adjudicate(example.requests[i], { trace }).text, line, `request ${i}, trace ${trace}`);
    }
  }

  for (const [i, request] of example.requests.entries()) {
    compare(one(api, rules, request), example.single[i], `request ${i} as text`);
    const decision = JSON.parse(example.single[i]);
    if ("error" in decision) continue; // As an object, it may be wrong in another way.
    compare(one(api, rules, JSON.parse(request)), example.single[i], `request ${i} as object`);
    compare(JSON.stringify(rules.adjudicate(request)), example.single[i], `request ${i} written again`);
  }

  for (const [i, [question, text, answer]] of example.questions.entries()) {
    if (answered?.includes(question) === false) {
      const { error } = JSON.parse(asked(api, rules, question, text));
      compare(error.code, "question.elsewhere", `question ${i}, ${question}`);
      same(String(error.help.includes("adjudica-wasm/office")), "true", error.help);
      continue;
    }
    compare(asked(api, rules, question, text), answer, `question ${i}, ${question}`);
    if (answer.startsWith('{"error"')) continue;
    compare(JSON.stringify(rules.ask(question, JSON.parse(text))), answer, `question ${i} as object`);
  }

  const malformed = example.malformed.map(([text]) => text);
  const requests = [...example.requests, ...malformed];
  const answers = [...example.single, ...example.malformed.map(([, answer]) => answer)];
  const batches = {
    many: rules.adjudicateMany(requests),
    "many async": await rules.adjudicateManyAsync(requests, { slice: 7 }),
    "many async, 3 threads": await rules.adjudicateManyAsync(requests, { slice: 5, threads: 3 }),
  };
  for (const [way, decided] of Object.entries(batches)) {
    same(String(decided.length), String(answers.length), `${example.name}, ${way}`);
    decided.forEach((each, i) => compare(answerOf(api, each), answers[i], `${way}, ${i}`));
  }
  return compared;
}
