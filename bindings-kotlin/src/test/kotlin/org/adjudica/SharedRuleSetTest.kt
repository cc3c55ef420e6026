package org.adjudica

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.Callable
import java.util.concurrent.ExecutorService
import java.util.concurrent.Executors
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeSource

/** One rule set, eight threads: the same answers as one thread gives, in no more memory. */
class SharedRuleSetTest {
    private val duration = System.getProperty("adjudica.test.seconds").toInt().seconds
    private val golden = Golden.all.first()
    private val cases = golden.requests zip golden.answers(TraceLevel.NONE)

    @Test
    fun `eight threads share a rule set`() {
        // The same threads throughout: the C library keeps memory for each new one.
        val pool = Executors.newFixedThreadPool(THREADS)
        RuleSet.compile(golden.scheme).use { rules ->
            pool.run(rules, until = TimeSource.Monotonic.markNow() + duration / 3)
            val before = residentKilobytes()
            val rounds = pool.run(rules, until = TimeSource.Monotonic.markNow() + duration)
            val grown = residentKilobytes() - before
            assertTrue(rounds.all { it > 0 }, "every thread worked: $rounds")
            println("eight threads: ${rounds.sum()} rounds in $duration, memory grew by $grown kB")
            assertTrue(grown < MOST_GROWTH, "memory grew by $grown kB over ${rounds.sum()} rounds")
        }
        pool.shutdown()
    }

    /** How many rounds over all cases each thread made. */
    private fun ExecutorService.run(
        rules: RuleSet,
        until: TimeSource.Monotonic.ValueTimeMark,
    ): List<Int> {
        val work = Callable {
            var rounds = 0
            do {
                round(rules)
                rounds++
            } while (until.hasNotPassedNow())
            rounds
        }
        return invokeAll(List(THREADS) { work }).map { it.get() }
    }

    private fun round(rules: RuleSet) {
        for ((request, answer) in cases) {
            if (isError(answer)) continue
            assertEquals(answer, rules.adjudicateJson(request.encodeToByteArray()).decodeToString())
        }
        val lines = cases.joinToString("\n") { it.first }.encodeToByteArray()
        val expected = cases.joinToString("") { it.second + "\n" }
        assertEquals(expected, rules.adjudicateNdjson(lines).decodeToString())
    }

    private fun residentKilobytes(): Long {
        // What JNA allocated for a call is freed by its own thread after garbage collection.
        repeat(2) {
            System.gc()
            Thread.sleep(1000)
        }
        val status = Path.of("/proc/self/status")
        // Elsewhere than on Linux the process cannot tell; the answers are checked all the same.
        if (!Files.exists(status)) return 0
        val line = Files.readAllLines(status).first { it.startsWith("VmRSS:") }
        return line.filter { it.isDigit() }.toLong()
    }

    private companion object {
        const val THREADS = 8
        const val MOST_GROWTH = 64 * 1024L
    }
}
