package org.adjudica

import java.nio.file.Path
import kotlin.io.path.readText
import kotlin.test.Test
import kotlin.test.assertContains
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue
import kotlinx.serialization.builtins.ListSerializer
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonObject

/** Rows and tables of openIMIS, read and written back as core does. */
class OpenImisTest {
    private val golden = Path.of(System.getProperty("adjudica.test.golden"), "openimis")
    private val imported = Json.parseToJsonElement(text("tables.json")).jsonObject
    private val claims = imported.getValue("claims").toString()
    private val tables =
        imported.getValue("tables").jsonObject.mapValues { (_, rows) -> rows.toString() }

    private fun text(file: String): String = golden.resolve(file).readText()

    private fun lines(file: String): List<String> = text(file).trimEnd('\n').split("\n")

    @Test
    fun `snapshots become the same documents and columns`() {
        val snapshots = lines("snapshots.ndjson")
        assertTrue(snapshots.size > 10)
        val readings = lines("readings.ndjson")
        val columns = lines("columns.ndjson")
        for ((place, snapshot) in snapshots.withIndex()) {
            val document = OpenImis.readSnapshot(snapshot)
            assertEquals(SnapshotDocument.fromJson(readings[place]), document)
            RuleSet.compile(document.scheme).use { rules ->
                val decision = rules.adjudicate(document.request)
                assertEquals(columns[place], OpenImis.columns(document.request, decision))
            }
        }
    }

    @Test
    fun `replays are core's bytes`() {
        val none = ReplayOptions(switches = emptyList())
        val runs =
            mapOf(
                "replay-submit" to ReplayOptions(Run.SUBMIT),
                "replay-process" to ReplayOptions(),
                "replay-flow" to ReplayOptions(Run.FLOW),
                "replay-standard" to none,
            )
        for ((file, options) in runs) {
            for ((snapshot, expected) in lines("replayed.ndjson") zip lines("$file.ndjson")) {
                val answers = OpenImis.replay(snapshot, options)
                assertEquals(expected, answers.joinToString(",", "[", "]") { it.toJson() })
                assertEquals(answers, answers.map { ReplayedClaim.fromJson(it.toJson()) })
            }
        }
        val answers = lines("replayed.ndjson").flatMap { OpenImis.replay(it) }
        assertTrue(answers.any { it.answer is Answer.Adjudicated })
        assertTrue(answers.any { it.answer is Answer.Unadjudicable })
        assertFailsWith<InvalidDocumentException> { OpenImis.replay("[") }
        for (text in listOf("{}", """{"claim": "C1", "outcome": "lost"}""", "[]")) {
            assertFailsWith<InvalidDocumentException> { ReplayedClaim.fromJson(text) }
        }
    }

    @Test
    fun `attributions are core's bytes`() {
        for ((run, file) in mapOf(Run.PROCESS to "attribution-process", Run.FLOW to "attribution-flow")) {
            val attributed = lines("replayed.ndjson").map { OpenImis.attribute(it, run) }
            val written = attributed.map { claims -> claims.joinToString(",", "[", "]") { it.toJson() } }
            assertEquals(lines("$file.ndjson"), written)
            assertTrue(attributed.flatten().any { !it.equal && it.switches.isNotEmpty() })
        }
        assertFailsWith<InvalidDocumentException> { OpenImis.attribute("{}") }
    }

    @Test
    fun `the switches that attribution names make the difference`() {
        for (snapshot in lines("snapshots.ndjson").take(20)) {
            val claim = OpenImis.attribute(snapshot).single()
            val named = ReplayOptions(switches = claim.switches.map { it.switch })
            assertEquals(decided(claim.openimis), decided(OpenImis.replay(snapshot, named).single().answer))
        }
    }

    /** What the claim comes to; some columns are not attributed, because openIMIS never reads them. */
    private fun decided(answer: Answer): List<Any?> =
        when (answer) {
            is Answer.Adjudicated -> answer.last.claim.let { listOf(it.status, it.rejectionReason, it.approved) }
            is Answer.Unadjudicable -> listOf(answer.fault)
        }

    @Test
    fun `every switch is known by its name`() {
        val rows = Json.parseToJsonElement(text("switches.json"))
        val list = ListSerializer(SwitchRow.serializer())
        assertEquals(rows, Json.encodeToJsonElement(list, OpenImis.switches))
        assertEquals(Switch.entries, OpenImis.switches.map { it.switch })
    }

    @Test
    fun `the audit is core's bytes, and tells how far it is`() {
        val snapshots = lines("replayed.ndjson")
        val told = mutableListOf<Long>()
        val audit = OpenImis.audit(snapshots) { told.add(it) }
        assertEquals(text("audit.json"), audit.toJson())
        assertEquals((1L..snapshots.size).toList(), told)
        assertTrue(audit.totals.changed > 0 && audit.largest.isNotEmpty())

        val flow = OpenImis.audit(snapshots, Run.FLOW)
        assertEquals(Run.FLOW, flow.run)
        assertEquals(audit.totals.claims, flow.totals.claims)

        val stopped = assertFailsWith<IllegalStateException> {
            OpenImis.audit(generateSequence { snapshots[0] }.asIterable()) { check(it < 3) { "enough" } }
        }
        assertEquals("enough", stopped.message)
    }

    @Test
    fun `snapshots that the audit cannot use are told by their position`() {
        val good = lines("snapshots.ndjson").first()
        val audit = OpenImis.audit(listOf("[", "", good, "{}"))
        assertEquals(1L, audit.totals.claims)
        assertEquals(2L, audit.unreadable)
        assertEquals(listOf(1L, 4L), audit.errors.map { it.line })
        assertEquals(0L, OpenImis.audit(emptyList()).totals.claims)
    }

    @Test
    fun `what is no snapshot is refused`() {
        for (text in listOf("", "{}", "[1]", lines("snapshots.ndjson").first().dropLast(2))) {
            val error = assertFailsWith<InvalidDocumentException> { OpenImis.readSnapshot(text) }
            assertTrue(error.code.isNotEmpty())
        }
    }

    @Test
    fun `tables become the same documents`() {
        val imported = OpenImis.importTables(tables, claims, "XAF")
        val expected = ImportDocument.fromJson(text("import.json"))
        assertEquals(expected, imported)
        assertEquals(expected, ImportDocument.fromJson(imported.toJson()))
        assertTrue(imported.requests.size >= 3 && imported.report.warnings.isNotEmpty())
        RuleSet.compile(imported.scheme).use { rules ->
            assertTrue(rules.adjudicateMany(imported.requests).all { it.isSuccess })
        }
        val alone = OpenImis.importTables(tables)
        assertEquals(emptyList(), alone.requests)
        assertEquals("XXX", alone.scheme.currency.code)
    }

    @Test
    fun `tables are refused with every error`() {
        val error =
            assertFailsWith<InvalidDocumentException> {
                OpenImis.importTables(mapOf("items" to "[", "services" to """[{"ServiceID": 1}]"""))
            }
        assertTrue(error.errors.map { it.code }.containsAll(listOf("syntax", "table.missing")))
        val refused =
            assertFailsWith<InvalidDocumentException> {
                OpenImis.importTables(tables, """[{"ClaimID": 1}]""")
            }
        assertTrue(refused.path.startsWith("claims[ClaimID=1]"), refused.path)
        val currency =
            assertFailsWith<InvalidDocumentException> { OpenImis.importTables(emptyMap(), null, "") }
        assertEquals("currency", currency.path)
    }

    @Test
    fun `schemas and conventions are core's`() {
        val schema = Engine.schema("scheme")
        assertTrue(Engine.conventions.isNotEmpty())
        for (convention in Engine.conventions) {
            assertContains(schema, "\"${convention.name}\"")
            assertTrue(convention.meaning.isNotEmpty() && convention.source.isNotEmpty())
        }
        assertTrue(Engine.conventions.any { it.standard != it.legacySql })
        val error = assertFailsWith<InvalidDocumentException> { Engine.schema("claim") }
        assertContains(error.help.orEmpty(), "decision")
    }
}
