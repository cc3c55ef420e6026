package org.adjudica

import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield

/** [RuleSet.adjudicate] off the calling thread. */
public suspend fun RuleSet.decide(
    request: Request,
    options: Options = Options(),
    dispatcher: CoroutineDispatcher = Dispatchers.Default,
): Decision = withContext(dispatcher) { adjudicate(request, options) }

/** [RuleSet.ask] off the calling thread. */
public suspend fun <Q : Any, A : Any> RuleSet.answer(
    question: Question<Q, A>,
    request: Q,
    dispatcher: CoroutineDispatcher = Dispatchers.Default,
): A = withContext(dispatcher) { ask(question, request) }

/** [RuleSet.adjudicateMany] off the calling thread; stops between chunks when cancelled. */
public suspend fun RuleSet.decideMany(
    requests: List<Request>,
    options: Options = Options(),
    dispatcher: CoroutineDispatcher = Dispatchers.Default,
): List<Result<Decision>> =
    withContext(dispatcher) {
        requests.chunked(FLOW_CHUNK).flatMap { chunk ->
            yield()
            adjudicateMany(chunk, options)
        }
    }

/**
 * Decides a stream of claims in order, a chunk at a time, with no more than a chunk in memory.
 * A malformed claim is a failure at its place and does not end the flow. Counting what arrives
 * gives the progress.
 */
public fun RuleSet.adjudicateFlow(
    requests: Flow<Request>,
    options: Options = Options(),
    chunk: Int = FLOW_CHUNK,
    dispatcher: CoroutineDispatcher = Dispatchers.Default,
): Flow<Result<Decision>> {
    require(chunk > 0) { "a chunk holds at least one claim" }
    return flow {
            val waiting = ArrayList<Request>(chunk)
            requests.collect { request ->
                waiting.add(request)
                if (waiting.size == chunk) {
                    adjudicateMany(waiting, options).forEach { emit(it) }
                    waiting.clear()
                }
            }
            adjudicateMany(waiting, options).forEach { emit(it) }
        }
        .flowOn(dispatcher)
}

private const val FLOW_CHUNK = 256
