package org.adjudica

import java.nio.file.Files
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue

/** Rows of openIMIS, read and written back as core does. */
class SnapshotTest {
    private fun lines(file: String): List<String> =
        Files.readAllLines(Path.of(System.getProperty("adjudica.test.golden"), "snapshots", file))

    @Test
    fun `snapshots become the same documents and columns`() {
        val snapshots = lines("snapshots.ndjson")
        assertTrue(snapshots.size > 10)
        val readings = lines("readings.ndjson")
        val columns = lines("columns.ndjson")
        for ((place, snapshot) in snapshots.withIndex()) {
            val document = Engine.readSnapshot(snapshot)
            assertEquals(SnapshotDocument.fromJson(readings[place]), document)
            RuleSet.compile(document.scheme).use { rules ->
                val decision = rules.adjudicate(document.request)
                assertEquals(columns[place], Engine.openImisColumns(document.request, decision))
            }
        }
    }

    @Test
    fun `what is no snapshot is refused`() {
        for (text in listOf("", "{}", "[1]", lines("snapshots.ndjson").first().dropLast(2))) {
            val error = assertFailsWith<InvalidDocumentException> { Engine.readSnapshot(text) }
            assertTrue(error.code.isNotEmpty())
        }
    }
}
