package org.adjudica.ffi

import java.lang.management.ManagementFactory
import java.util.concurrent.CountDownLatch
import javax.management.ObjectName
import kotlin.concurrent.thread
import kotlin.test.Test
import kotlin.test.assertContains
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue
import org.adjudica.Golden

/** What calls leave behind, and what a fault of the engine becomes. */
class CrossingTest {
    private val scheme = Golden.all.first().scheme.encodeToByteArray()

    @Test
    fun `calls leave nothing for JNA's cleaner`() {
        Rules.compile(scheme).use { rules ->
            val before = waiting()
            assertTrue(before > 0, "the rules themselves are watched")
            repeat(5_000) {
                rules.digest()
                assertFailsWith<Refused> { rules.explain("[".encodeToByteArray(), byteArrayOf()) }
            }
            val more = waiting() - before
            assertTrue(more < 100, "$more objects wait for the cleaner")
        }
    }

    /** How many objects JNA's cleaner watches. */
    private fun waiting(): Long {
        val beans = ManagementFactory.getPlatformMBeanServer()
        val commands = ObjectName("com.sun.management:type=DiagnosticCommand")
        val types = arrayOf(Array<String>::class.java.name)
        val histogram = beans.invoke(commands, "gcClassHistogram", arrayOf(arrayOf("-all")), types)
        val lines = histogram.toString().lines()
        assertTrue(lines.any { it.contains("java.lang.String") }, "a histogram")
        val line = lines.find { it.contains("com.sun.jna.internal.Cleaner\$CleanerRef") }
        return line?.trim()?.split(Regex("\\s+"))?.get(1)?.toLong() ?: 0
    }

    @Test
    fun `a panic is told and harms nothing`() {
        val failed =
            assertFailsWith<Failed> {
                val broken: Function = { arguments, answer ->
                    arguments.setPointer(8, null)
                    Library.uniffi_ffibuffer_adjudica_kotlin_fn_func_check(arguments, answer)
                }
                crossForText(broken, null, scheme)
            }
        assertContains(failed.message.orEmpty(), "null")
        assertContains(check(scheme).decodeToString(), "\"errors\":[]")
    }

    @Test
    fun `an object closed during a call is freed after it`() {
        val rules = Rules.compile(scheme)
        val digest = rules.digest().decodeToString()
        val (lent, closed) = List(2) { CountDownLatch(1) }
        var during = ""
        val caller = thread {
            val slow: Function = { arguments, answer ->
                lent.countDown()
                closed.await()
                Library.uniffi_ffibuffer_adjudica_kotlin_fn_method_rules_digest(arguments, answer)
            }
            during = crossForText(slow, rules).decodeToString()
        }
        lent.await()
        rules.close()
        closed.countDown()
        caller.join()
        assertEquals(digest, during)
        assertFailsWith<Closed> { rules.digest() }
    }
}
