package org.adjudica

import java.math.BigDecimal
import java.time.LocalDate
import kotlin.test.Test
import kotlin.test.assertContains
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlinx.coroutines.runBlocking

/** What a consultation would cost, before it happens: also an example in the documentation. */
internal fun eligibilityAtTheCounter(rules: RuleSet): ElementAnswer {
    val request =
        EligibilityRequest(
            dateFrom = LocalDate.of(2025, 3, 10),
            facility = "HC1",
            about = About.Service("CONS"),
            patient = Patient(id = "P1", birthDate = LocalDate.of(1990, 5, 20), sex = Sex.FEMALE),
            coverage =
                listOf(
                    Policy(
                        policy = "B1",
                        product = "BASIC",
                        effective = LocalDate.of(2025, 1, 1),
                        expiry = LocalDate.of(2025, 12, 31),
                        memberships = listOf(Membership("P1", LocalDate.of(2025, 1, 1), LocalDate.of(2025, 12, 31))),
                    )
                ),
        )
    val consultation = rules.ask(Question.ELIGIBILITY, request).elements.single()
    println("the scheme pays ${consultation.pays}, the patient ${consultation.patientPays}")
    return consultation
}

/** Every question of rules-examples through every entry, byte for byte as core answers. */
class QuestionsTest {
    private val basic = Golden.all.first { it.name == "basic-cover" }

    private fun eachQuestion(test: (rules: RuleSet, question: Golden.Asked) -> Unit) {
        for (golden in Golden.all) {
            RuleSet.compile(golden.scheme).use { rules -> golden.questions.forEach { test(rules, it) } }
        }
    }

    @Test
    fun `every question is asked`() {
        val asked = Golden.all.flatMap { golden -> golden.questions.map { it.question } }.toSet()
        assertEquals(Question.all.map { it.name }.toSet() - "decision", asked - "decision")
        assertEquals("eligibility", Question.ELIGIBILITY.toString())
    }

    @Test
    fun `JSON gives core's bytes`() = eachQuestion { rules, (question, request, answer) ->
        if (isError(answer)) {
            val error = assertFailsWith<InvalidRequestException> { rules.askJson(question, request) }
            assertEquals(Documents.errorLine(answer), error.errors.single())
        } else {
            assertEquals(answer, rules.askJson(question, request))
            val bytes = rules.askJson(question, request.encodeToByteArray())
            assertContentEquals(answer.encodeToByteArray(), bytes)
        }
    }

    @Test
    fun `typed questions give core's answers`() = eachQuestion { rules, (name, request, answer) ->
        val question = Question.all.single { it.name == name }
        if (isError(answer)) {
            // Some malformed requests cannot even be made in Kotlin.
            assertFailsWith<AdjudicaException> { askTyped(rules, question, request) }
        } else {
            assertEquals(answer, askTyped(rules, question, request), "types lose nothing")
        }
    }

    /** Asks with the types of the question, also off the thread; gives the answer written again. */
    private fun <Q : Any, A : Any> askTyped(rules: RuleSet, question: Question<Q, A>, text: String): String {
        val request = Documents.read(question.request, text)
        val answer = rules.ask(question, request)
        assertEquals(answer, runBlocking { rules.answer(question, request) })
        return Documents.write(question.answer, answer)
    }

    @Test
    fun `a question made in Kotlin is answered with native types`() {
        RuleSet.compile(basic.scheme).use { rules ->
            val consultation = eligibilityAtTheCounter(rules)
            assertTrue(consultation.covered)
            assertEquals(BigDecimal("8.00"), consultation.pays)
            assertEquals(BigDecimal("32.00"), consultation.patientPays)
            assertEquals(LocalDate.of(2025, 3, 10), consultation.earliest)
        }
    }

    @Test
    fun `what cannot be answered is refused`() {
        RuleSet.compile(basic.scheme).use { rules ->
            val unknown = assertFailsWith<InvalidRequestException> { rules.askJson("weather", "{}") }
            assertEquals("question.unknown", unknown.code)
            assertContains(unknown.help.orEmpty(), "`eligibility`")
            val misspelt = assertFailsWith<InvalidRequestException> { rules.askJson("premium", """{"produkt":"P"}""") }
            assertEquals("field.unknown", misspelt.code)
            assertEquals(1, misspelt.errors.single().line)
            val broken = byteArrayOf('"'.code.toByte(), -1, '"'.code.toByte())
            assertFailsWith<InvalidRequestException> { rules.askJson("premium", broken) }

            val request = PremiumRequest(product = "NONE", enrolmentDate = LocalDate.of(2025, 1, 1), members = emptyList())
            val typed = assertFailsWith<InvalidRequestException> { rules.ask(Question.PREMIUM, request) }
            assertEquals("product", typed.path)
            assertNull(typed.errors.single().line, "no text, no line")

            rules.close()
            val closed = assertFailsWith<EngineException> { rules.ask(Question.PREMIUM, request) }
            assertEquals("engine.closed", closed.code)
        }
    }
}
