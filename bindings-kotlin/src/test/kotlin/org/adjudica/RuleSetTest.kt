package org.adjudica

import java.math.BigDecimal
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.Path
import java.time.LocalDate
import kotlin.test.Test
import kotlin.test.assertContains
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertIs
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** The Kotlin interface by itself: native types, errors, closing. */
class RuleSetTest {
    private val scheme =
        """
        schema: adjudica/scheme@1
        code: small
        version: "1"
        currency: {code: USD, exponent: 2}
        catalogue:
          services: [{code: S1, price: "100.00"}]
        facilities: [{code: HF1, level: health_centre}]
        products:
          - code: P1
            benefits:
              - services: [S1]
                cover: [{co_insurance: 80}]
        """
            .trimIndent()

    private fun request(price: BigDecimal = BigDecimal("100.00")): Request {
        val year = LocalDate.of(2025, 1, 1) to LocalDate.of(2025, 12, 31)
        return Request(
            claim =
                Claim(
                    code = "C1",
                    dateFrom = LocalDate.of(2025, 3, 1),
                    facility = "HF1",
                    lines =
                        listOf(
                            Line(
                                id = "1",
                                kind = ElementKind.SERVICE,
                                code = "S1",
                                quantity = BigDecimal.ONE,
                                price = price,
                            )
                        ),
                ),
            patient = Patient(id = "P", birthDate = LocalDate.of(1990, 1, 1), sex = Sex.FEMALE),
            coverage =
                listOf(
                    Policy(
                        policy = "POL",
                        product = "P1",
                        effective = year.first,
                        expiry = year.second,
                        memberships = listOf(Membership("P", year.first, year.second)),
                    )
                ),
        )
    }

    @Test
    fun `a claim made in Kotlin is decided with native types`() {
        RuleSet.compile(scheme).use { rules ->
            val decision = rules.adjudicate(request(), Options(trace = TraceLevel.FULL))
            assertEquals(Status.VALUATED, decision.status)
            assertEquals(BigDecimal("80.00"), decision.totals.schemeShare)
            assertEquals(BigDecimal("20.00"), decision.lines.single().amounts.coInsurance)
            val terms = decision.lines.single().assignment?.terms
            assertEquals(0, assertIs<TermsDocument.CoInsurance>(terms).value.compareTo(BigDecimal(80)))
            assertEquals(LocalDate.of(2025, 3, 1), decision.consumption.single().date)
            assertEquals(Subject.CLAIM, decision.trace?.subject)
            assertEquals(rules.digest, decision.provenance.schemeDigest)
            assertEquals(Engine.version, decision.provenance.engine)
            assertNull(rules.adjudicate(request()).trace)
        }
    }

    @Test
    fun `a malformed request tells code, path and help`() {
        RuleSet.compile(scheme).use { rules ->
            val error =
                assertFailsWith<InvalidRequestException> {
                    rules.adjudicate(request(price = BigDecimal("1.234567")))
                }
            assertEquals("claim.lines[0].price", error.path)
            assertTrue(error.code.startsWith("amount."), error.code)
            assertContains(error.message.orEmpty(), error.code)
            assertNull(error.errors.single().line, "no text, no line")

            val misspelt = """{"claim":{"code":"C","facility":"F","linse":[]},"patient":{"id":"P"}}"""
            val unknown =
                assertFailsWith<InvalidRequestException> {
                    rules.adjudicateJson(misspelt.encodeToByteArray())
                }
            assertEquals("field.unknown", unknown.code)
            assertEquals("did you mean `lines`?", unknown.help)
            assertEquals(1, unknown.errors.single().line)
        }
    }

    @Test
    fun `one bad claim never fails the list`() {
        RuleSet.compile(scheme).use { rules ->
            val unwritable = request(price = BigDecimal("1e1000000000"))
            val badPlaces = request(price = BigDecimal("0.123456"))
            val many = List(1200) { request() } + unwritable + badPlaces + request()
            val results = rules.adjudicateMany(many)
            assertEquals(many.size, results.size)
            val failures = results.withIndex().filter { it.value.isFailure }
            assertEquals(listOf(1200, 1201), failures.map { it.index })
            for (failure in failures) {
                val error = assertIs<InvalidRequestException>(failure.value.exceptionOrNull())
                assertNull(error.errors.single().line)
            }
            assertEquals(results.first().getOrThrow(), results.last().getOrThrow())

            val seen = mutableListOf<String>()
            rules.adjudicateEach(
                listOf(request(), badPlaces),
                { decision, place -> seen.add("$place ${decision.claim}") },
                { error, place -> seen.add("$place ${error.path}") },
            )
            assertEquals(listOf("0 C1", "1 claim.lines[0].price"), seen)
        }
    }

    @Test
    fun `a scheme that cannot be used tells everything wrong with it`() {
        val wrong = scheme.replace("[S1]", "[S1, S2, S3]")
        val error = assertFailsWith<InvalidSchemeException> { RuleSet.compile(wrong) }
        assertTrue(error.errors.isNotEmpty() && error.errors.all { it.path.isNotEmpty() })
        assertEquals(error.errors, Engine.check(wrong).errors)

        val misspelt = Engine.check(scheme.replace("currency", "curency"))
        assertTrue(misspelt.errors.single().line != null)
    }

    @Test
    fun `a scheme from a file`() {
        val file = Files.createTempFile("scheme", ".yaml")
        try {
            Files.writeString(file, scheme)
            val digest = RuleSet.compile(file).use { it.digest }
            assertEquals(digest, RuleSet.compile(scheme).use { it.digest })
        } finally {
            Files.delete(file)
        }
        assertFailsWith<NoSuchFileException> { RuleSet.compile(Path.of("no/such/scheme.yaml")) }
    }

    @Test
    fun `a closed rule set says so`() {
        val rules = RuleSet.compile(scheme)
        rules.adjudicate(request())
        rules.close()
        rules.close()
        for (options in listOf(Options(), Options(trace = TraceLevel.REASONS))) {
            val error = assertFailsWith<EngineException> { rules.adjudicate(request(), options) }
            assertEquals("engine.closed", error.code)
        }
    }

    @Test
    fun `a document that Kotlin cannot read is refused`() {
        val error = assertFailsWith<InvalidDocumentException> { Decision.fromJson("{\"schema\":1}") }
        assertEquals("document.unreadable", error.code)
        assertFailsWith<InvalidDocumentException> { Request.fromJson("[") }
    }

    @Test
    fun `explanations in two languages and of one line`() {
        RuleSet.compile(scheme).use { rules ->
            val decision = rules.adjudicate(request(), Options(trace = TraceLevel.FULL))
            val english = rules.explain(decision)
            assertContains(english, "80.00")
            assertContains(english, "USD")
            val french = rules.explain(decision, ExplainOptions(language = "fr"))
            assertTrue(french != english)
            val html = rules.explain(decision, ExplainOptions(form = Form.HTML))
            assertContains(html, "<html")
            val line = Engine.explain(decision, ExplainOptions(line = "1", currency = "EUR"))
            assertContains(line, "EUR")
            for (wrong in listOf(ExplainOptions(language = "tlh"), ExplainOptions(line = "7"))) {
                assertFailsWith<InvalidDocumentException> { rules.explain(decision, wrong) }
            }
        }
    }
}
