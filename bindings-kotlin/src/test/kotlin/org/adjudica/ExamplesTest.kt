package org.adjudica

import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject

/** Every case of rules-examples through every entry, byte for byte as core answers. */
class ExamplesTest {
    private val levels = listOf(TraceLevel.NONE, TraceLevel.FULL)

    private fun eachCase(
        test: (rules: RuleSet, options: Options, request: String, answer: String) -> Unit
    ) {
        for (golden in Golden.all) {
            RuleSet.compile(golden.scheme).use { rules ->
                for (level in levels) {
                    val answers = golden.answers(level)
                    assertEquals(golden.requests.size, answers.size, golden.name)
                    for ((request, answer) in golden.requests zip answers) {
                        test(rules, Options(trace = level), request, answer)
                    }
                }
            }
        }
    }

    @Test
    fun `lines of JSON give core's lines`() {
        for (golden in Golden.all) {
            val requests = golden.requests.joinToString("\n").encodeToByteArray()
            RuleSet.compile(golden.scheme).use { rules ->
                for (level in levels) {
                    val lines = rules.adjudicateNdjson(requests, Options(trace = level))
                    val expected = golden.answers(level).joinToString("") { "$it\n" }
                    assertEquals(expected, lines.decodeToString(), golden.name)
                }
            }
        }
    }

    @Test
    fun `JSON bytes give core's bytes`() = eachCase { rules, options, request, answer ->
        val bytes = request.encodeToByteArray()
        if (isError(answer)) {
            val error = assertFailsWith<InvalidRequestException> {
                rules.adjudicateJson(bytes, options)
            }
            assertEquals(errorOf(answer), error.errors.single().withoutPlace())
        } else {
            assertEquals(answer, rules.adjudicateJson(bytes, options).decodeToString())
        }
    }

    @Test
    fun `typed requests give core's decisions`() = eachCase { rules, options, request, answer ->
        if (isError(answer)) {
            // Some malformed requests cannot even be made in Kotlin.
            assertFailsWith<AdjudicaException> {
                rules.adjudicate(Request.fromJson(request), options)
            }
        } else {
            val decision = rules.adjudicate(Request.fromJson(request), options)
            assertEquals(Decision.fromJson(answer), decision)
            assertEquals(answer, decision.toJson(), "types lose nothing")
        }
    }

    @Test
    fun `lists and flows give the same decisions in order`() = runBlocking {
        for (golden in Golden.all) {
            val pairs = golden.requests zip golden.answers(TraceLevel.NONE)
            val good = pairs.filterNot { isError(it.second) }
            val requests = good.map { Request.fromJson(it.first) }
            val expected = good.map { it.second }
            RuleSet.compile(golden.scheme).use { rules ->
                fun texts(results: List<Result<Decision>>) = results.map { it.getOrThrow().toJson() }
                assertEquals(expected, texts(rules.adjudicateMany(requests)))
                assertEquals(expected, texts(rules.decideMany(requests)))
                val flow = rules.adjudicateFlow(requests.asFlow(), chunk = 3)
                assertEquals(expected, texts(flow.toList()))
                assertEquals(expected.first(), rules.decide(requests.first()).toJson())
            }
        }
    }

    @Test
    fun `a scheme read into Kotlin is the same scheme`() {
        for (golden in Golden.all) {
            RuleSet.compile(golden.scheme).use { rules ->
                RuleSet.compile(rules.scheme).use { again ->
                    assertEquals(rules.digest, again.digest, golden.name)
                }
                assertTrue(Engine.check(rules.scheme).errors.isEmpty(), golden.name)
            }
        }
    }

    @Test
    fun `every reason of a decision is known`() = eachCase { _, _, _, answer ->
        if (!isError(answer)) {
            val decision = Decision.fromJson(answer)
            val reasons = decision.reasons + decision.lines.flatMap { it.reasons } + steps(decision.trace)
            for (reason in reasons) {
                assertEquals(reason.code, reason.known.code)
                assertEquals(reason.values.keys, reason.known.values.toSet())
            }
        }
    }

    private fun steps(node: TraceNode?): List<Reason> =
        node?.let { it.facts + it.children.flatMap(::steps) }.orEmpty()

    private fun errorOf(line: String): Problem {
        val error: JsonObject = Json.parseToJsonElement(line).jsonObject.getValue("error").jsonObject
        return Json.decodeFromJsonElement(Problem.serializer(), error).withoutPlace()
    }
}
