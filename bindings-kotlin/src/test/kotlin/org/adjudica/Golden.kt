package org.adjudica

import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.exists
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlinx.serialization.builtins.ListSerializer
import kotlinx.serialization.builtins.serializer

/** An example scheme, the requests of its cases, and what core answers to them. */
class Golden(private val directory: Path) {
    val name: String = directory.name
    val scheme: String = text("scheme.yaml")
    val requests: List<String> = text("requests.ndjson").trimEnd('\n').split("\n")

    /** Core's answers, a line for each request. */
    fun answers(level: TraceLevel): List<String> =
        text("${level.name.lowercase()}.ndjson").trimEnd('\n').split("\n")

    /** A question, the text that asks it, and core's answer. */
    data class Asked(val question: String, val request: String, val answer: String)

    /** The other questions, some of them garbled. */
    val questions: List<Asked> =
        Documents.read(ListSerializer(ListSerializer(String.serializer())), text("questions.json"))
            .map { (question, request, answer) -> Asked(question, request, answer) }

    private fun text(file: String): String = Files.readString(directory.resolve(file))

    companion object {
        /** Every example; none is an error, so that a test cannot pass on nothing. */
        val all: List<Golden> by lazy {
            val root = Path.of(System.getProperty("adjudica.test.golden"))
            val schemes = root.listDirectoryEntries().filter { it.resolve("scheme.yaml").exists() }
            val found = schemes.sorted().map(::Golden)
            check(found.isNotEmpty()) { "no examples in $root: run test.sh, which writes them" }
            found
        }
    }
}

/** Whether a line of answers is an error. */
fun isError(line: String): Boolean = line.startsWith("{\"error\":")
