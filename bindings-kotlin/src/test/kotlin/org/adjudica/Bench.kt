@file:JvmName("Bench")

package org.adjudica

import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeSource

/** Time for each claim by each way in; started by bench.sh, not by the tests. */
fun main() {
    val golden = Golden.all.first()
    val good = golden.requests.zip(golden.answers(TraceLevel.NONE)).filterNot { isError(it.second) }
    val texts = good.map { it.first.encodeToByteArray() }
    val requests = good.map { Request.fromJson(it.first) }
    val lines = (1..20).flatMap { good }.joinToString("\n") { it.first }.encodeToByteArray()
    val many = (1..20).flatMap { requests }
    RuleSet.compile(golden.scheme).use { rules ->
        println("${golden.name}, ${good.size} requests of ${texts.sumOf { it.size } / texts.size} bytes on average")
        report("a call that only crosses (version)", 1) { org.adjudica.ffi.engineVersion() }
        report("adjudicateJson, one by one", texts.size) { texts.forEach { rules.adjudicateJson(it) } }
        report("adjudicate, one by one", texts.size) { requests.forEach { rules.adjudicate(it) } }
        report("adjudicateNdjson", many.size) { rules.adjudicateNdjson(lines) }
        report("adjudicateMany", many.size) { rules.adjudicateMany(many) }
    }
}

private fun report(name: String, claims: Int, round: () -> Unit) {
    repeat(time(round, 3.seconds, claims).size / 4) { round() }
    val times = time(round, 3.seconds, claims).sorted()
    println("%-45s %8.2f us a claim (median of %d rounds)".format(name, times[times.size / 2], times.size))
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
