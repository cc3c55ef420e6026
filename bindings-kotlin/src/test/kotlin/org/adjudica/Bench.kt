@file:JvmName("Bench")

package org.adjudica

import java.nio.file.Path
import kotlin.io.path.readLines
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeSource
import org.adjudica.ffi.engineVersion

/** How often the requests are repeated in a batch. */
private const val TIMES = 20

/**
 * Time for each claim by each way in, beside the core's own; started by bench.sh, not by the tests,
 * with a directory of [Golden] and the core's figures.
 */
fun main(arguments: Array<String>) {
    val golden = Golden(Path.of(arguments[0]))
    val core = Path.of(arguments[1]).readLines().associate { it.substringBefore('\t') to it.substringAfter('\t').toDouble() }
    val good = golden.requests.zip(golden.answers(TraceLevel.NONE)).filterNot { isError(it.second) }
    val texts = good.map { it.first.encodeToByteArray() }
    val requests = good.map { Request.fromJson(it.first) }
    val lines = List(TIMES) { good }.flatten().joinToString("\n") { it.first }.encodeToByteArray()
    val many = List(TIMES) { requests }.flatten()
    report("Kotlin: a call that only crosses", 1, 0.0) { engineVersion() }
    RuleSet.compile(golden.scheme).use { rules ->
        report("Kotlin: JSON in, JSON out", texts.size, core["text"]) {
            texts.forEach { rules.adjudicateJson(it) }
        }
        report("Kotlin: data classes in and out", texts.size, core["document"]) {
            requests.forEach { rules.adjudicate(it) }
        }
        report("Kotlin: batch, lines of JSON", many.size, core["batch"]) { rules.adjudicateNdjson(lines) }
        report("Kotlin: batch, data classes", many.size, core["document"]) { rules.adjudicateMany(many) }
    }
}

private fun report(name: String, claims: Int, core: Double?, round: () -> Unit) {
    requireNotNull(core) { "the core's figure for $name is missing" }
    // The first run lets the JVM compile what is hot.
    time(round, 3.seconds, claims)
    val best = time(round, 3.seconds, claims).min()
    println("%-46s%10.2f%10.2f%10.2f".format(name, best, core, best - core))
}

/** Microseconds a claim of each round. */
private fun time(round: () -> Unit, limit: Duration, claims: Int): List<Double> {
    val start = TimeSource.Monotonic.markNow()
    val times = mutableListOf<Double>()
    while (start.elapsedNow() < limit) {
        val mark = TimeSource.Monotonic.markNow()
        round()
        times.add(mark.elapsedNow().inWholeNanoseconds / 1000.0 / claims)
    }
    return times
}
