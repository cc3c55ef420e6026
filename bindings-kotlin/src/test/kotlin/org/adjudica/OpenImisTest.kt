package org.adjudica

import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.nameWithoutExtension
import kotlin.io.path.readText
import kotlin.test.Test
import kotlin.test.assertContains
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue

/** Rows and tables of openIMIS, read and written back as core does. */
class OpenImisTest {
    private val golden = Path.of(System.getProperty("adjudica.test.golden"), "openimis")
    private val tables =
        golden.resolve("tables").listDirectoryEntries().associate {
            it.nameWithoutExtension to it.readText()
        }

    private fun lines(file: String): List<String> = Files.readAllLines(golden.resolve(file))

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
    fun `the replay of openIMIS answers as core's`() {
        val snapshots = lines("snapshots.ndjson")
        val replayed = lines("replayed.ndjson")
        val attributed = lines("attributed.ndjson")
        for ((place, snapshot) in snapshots.withIndex()) {
            assertEquals(replayed[place], OpenImis.replay(snapshot))
            assertEquals(attributed[place], OpenImis.attribute(snapshot))
        }
        val unequal = attributed.indexOfFirst { it.contains("\"equal\":false") }
        assertTrue(unequal >= 0, "some answer of openIMIS deviates")
        val standard = OpenImis.replay(snapshots[unequal], """{"switches": []}""")
        assertTrue(standard != replayed[unequal])
        for (options in listOf("""{"switches": ["ghost"]}""", "[", """{"run": "walk"}""")) {
            assertFailsWith<InvalidDocumentException> { OpenImis.replay(snapshots[0], options) }
        }
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
        val imported = OpenImis.importTables(tables - "claims", tables["claims"], "XAF")
        val expected = ImportDocument.fromJson(golden.resolve("imported.json").readText())
        assertEquals(expected, imported)
        assertEquals(expected, ImportDocument.fromJson(imported.toJson()))
        assertTrue(imported.requests.size >= 3 && imported.report.warnings.isNotEmpty())
        RuleSet.compile(imported.scheme).use { rules ->
            assertTrue(rules.adjudicateMany(imported.requests).all { it.isSuccess })
        }
        val alone = OpenImis.importTables(tables - "claims")
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
        val claims =
            assertFailsWith<InvalidDocumentException> {
                OpenImis.importTables(tables - "claims", """[{"ClaimID": 1}]""")
            }
        assertTrue(claims.path.startsWith("claims[ClaimID=1]"), claims.path)
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
