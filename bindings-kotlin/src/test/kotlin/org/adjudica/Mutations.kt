package org.adjudica

import kotlin.random.Random

/** Damages a document as accidents and attackers do. */
object Mutations {
    private val tokens =
        listOf(
            "null", "-1", "1e400", "\"\"", "{}", "[]", "\"\\u0000\"", "\"9999999999999999999.99\"",
            "true", "1.5", "\"0000-00-00\"", "\\", "\u0001", ":", ",", "\"a\":1", "&a", "*a", "<<: ",
        )

    fun of(text: ByteArray, random: Random): ByteArray {
        var bytes = text
        repeat(random.nextInt(1, 5)) { bytes = once(bytes, random) }
        return bytes
    }

    private fun once(bytes: ByteArray, random: Random): ByteArray {
        if (bytes.isEmpty()) return random.nextBytes(8)
        val at = random.nextInt(bytes.size)
        val end = (at + random.nextInt(1, 40)).coerceAtMost(bytes.size)
        val head = bytes.copyOfRange(0, at)
        return when (random.nextInt(6)) {
            0 -> head
            1 -> head + bytes.copyOfRange(end, bytes.size)
            2 -> head + bytes.copyOfRange(at, end) + bytes.copyOfRange(at, bytes.size)
            3 -> head + tokens.random(random).encodeToByteArray() + bytes.copyOfRange(end, bytes.size)
            4 -> bytes.copyOf().also { it[at] = random.nextInt().toByte() }
            else -> head + random.nextBytes(end - at) + bytes.copyOfRange(end, bytes.size)
        }
    }
}
