package org.adjudica

import kotlinx.serialization.DeserializationStrategy
import kotlinx.serialization.Serializable
import kotlinx.serialization.SerializationException
import kotlinx.serialization.SerializationStrategy
import kotlinx.serialization.builtins.ListSerializer
import kotlinx.serialization.json.Json

/** Reads and writes documents as the engine does: nothing unknown, and no default is written. */
internal object Documents {
    val json: Json = Json { encodeDefaults = false }

    fun <T> write(serializer: SerializationStrategy<T>, document: T): String =
        try {
            json.encodeToString(serializer, document)
        } catch (e: SerializationException) {
            throw refused("document.unwritable", e)
        }

    fun <T> read(serializer: DeserializationStrategy<T>, text: String): T =
        try {
            json.decodeFromString(serializer, text)
        } catch (e: SerializationException) {
            throw refused("document.unreadable", e)
        } catch (e: IllegalArgumentException) {
            throw refused("document.unreadable", e)
        }

    fun problems(text: String): List<Problem> =
        read(ListSerializer(Problem.serializer()), text)

    /** The error on a line of decisions, or null if the line holds a decision. */
    fun errorLine(line: String): Problem? =
        if (line.startsWith("{\"error\":")) read(ErrorLine.serializer(), line).error else null

    private fun refused(code: String, cause: Exception): InvalidDocumentException {
        val message = cause.message.orEmpty().lineSequence().first()
        return InvalidDocumentException(listOf(Problem(code, message, path = "")), cause)
    }

    @Serializable
    private class ErrorLine(val error: Problem)
}

/** The error of a document that never was text, so that no line or column means anything. */
internal fun Problem.withoutPlace(): Problem = copy(line = null, column = null)
