package org.adjudica

import kotlin.random.Random
import kotlin.test.Test
import kotlin.test.assertContentEquals
import kotlin.test.assertTrue

/** Whatever comes in, an answer or an [AdjudicaException] that blames the document comes out. */
class HostileInputTest {
    private val inputs = System.getProperty("adjudica.test.inputs").toInt()
    private val golden = Golden.all.first()

    @Test
    fun `malformed requests never harm the engine`() {
        val random = Random(20251122)
        RuleSet.compile(golden.scheme).use { rules ->
            val before = answers(rules)
            var refused = 0
            repeat(inputs) {
                val input = Mutations.of(golden.requests.random(random).encodeToByteArray(), random)
                try {
                    rules.adjudicateJson(input)
                } catch (e: InvalidRequestException) {
                    assertTrue(e.code.isNotEmpty() && e.message.orEmpty().isNotEmpty())
                    refused++
                }
            }
            assertTrue(refused > inputs / 2, "only $refused of $inputs were refused")
            assertContentEquals(before, answers(rules))
        }
    }

    @Test
    fun `malformed lines never harm their neighbours`() {
        val random = Random(7)
        RuleSet.compile(golden.scheme).use { rules ->
            repeat(inputs / 100) {
                val texts = List(3) { golden.requests.random(random).encodeToByteArray() }
                val bad = Mutations.of(texts[1], random).filter { it != '\n'.code.toByte() }
                val lines = texts[0] + NEWLINE + bad.toByteArray() + NEWLINE + texts[2] + NEWLINE
                val answers = rules.adjudicateNdjson(lines).decodeToString().trimEnd('\n').split("\n")
                val first = rules.adjudicateNdjson(texts[0]).decodeToString().trimEnd('\n')
                val last = rules.adjudicateNdjson(texts[2]).decodeToString().trimEnd('\n')
                assertTrue(answers.first() == first)
                assertTrue(answers.last().substringBefore(",\"line\"") == last.substringBefore(",\"line\""))
            }
        }
    }

    @Test
    fun `malformed schemes are refused or compiled`() {
        val random = Random(99)
        repeat(inputs / 100) {
            val scheme = Mutations.of(golden.scheme.encodeToByteArray(), random)
            try {
                RuleSet.compile(scheme).close()
            } catch (e: InvalidSchemeException) {
                assertTrue(e.errors.isNotEmpty())
            }
        }
    }

    @Test
    fun `deep, long and empty documents`() {
        RuleSet.compile(golden.scheme).use { rules ->
            val deep = "[".repeat(1_000_000)
            val long = "{\"claim\":\"" + "x".repeat(10_000_000) + "\"}"
            for (text in listOf("", " ", "null", deep, "{\"claim\":".repeat(100_000), long)) {
                val error = runCatching { rules.adjudicateJson(text.encodeToByteArray()) }
                assertTrue(error.exceptionOrNull() is InvalidRequestException, text.take(20))
                val scheme = runCatching { RuleSet.compile(text).close() }
                assertTrue(scheme.exceptionOrNull() is InvalidSchemeException, text.take(20))
            }
        }
    }

    private fun answers(rules: RuleSet): ByteArray =
        rules.adjudicateNdjson(golden.requests.joinToString("\n").encodeToByteArray())

    private companion object {
        val NEWLINE = byteArrayOf('\n'.code.toByte())
    }
}
