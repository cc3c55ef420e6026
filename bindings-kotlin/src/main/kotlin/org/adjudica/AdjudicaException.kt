package org.adjudica

import org.adjudica.ffi.Closed
import org.adjudica.ffi.Failed
import org.adjudica.ffi.Refused

/**
 * What went wrong: a document that the engine refuses, or a fault of the engine itself.
 *
 * A claim that the scheme does not pay is never an exception: it is a [Decision] with reasons.
 *
 * @property errors everything that is wrong, in document order; at least one
 */
public sealed class AdjudicaException(
    public val errors: List<Problem>,
    cause: Throwable? = null,
) : RuntimeException(errors.joinToString("\n", transform = Problem::inWords), cause) {
    private val first: Problem get() = errors.first()

    /** Stable code of the first error in dotted words, such as `amount.grammar`. */
    public val code: String get() = first.code

    /** Where in the document the first error is; empty for the whole document. */
    public val path: String get() = first.path

    /** What to write instead, where the engine can tell. */
    public val help: String? get() = first.help
}

/** A scheme that cannot be read or used. */
public class InvalidSchemeException internal constructor(errors: List<Problem>) :
    AdjudicaException(errors)

/** A request that cannot be read. */
public class InvalidRequestException internal constructor(errors: List<Problem>) :
    AdjudicaException(errors)

/** Any other document (decision, options, snapshot) that cannot be read. */
public class InvalidDocumentException
internal constructor(errors: List<Problem>, cause: Throwable? = null) :
    AdjudicaException(errors, cause)

/** A fault of the engine, or a rule set used after it was closed; never the document's fault. */
public class EngineException internal constructor(problem: Problem, cause: Throwable? = null) :
    AdjudicaException(listOf(problem), cause)

private fun Problem.inWords(): String = buildString {
    if (line != null && column != null) append("line $line, column $column: ")
    if (path.isNotEmpty()) append("$path: ")
    append("$message [$code]")
    if (help != null) append("; $help")
}

/** Runs a call into the engine and makes its errors ours; [refused] makes the exception. */
internal inline fun <T> engine(refused: (List<Problem>) -> AdjudicaException, call: () -> T): T =
    try {
        call()
    } catch (e: Refused) {
        throw refused(Documents.problems(e.json.decodeToString()))
    } catch (e: Failed) {
        throw fault("engine.fault", "the engine failed: ${e.message}", e)
    } catch (e: Closed) {
        throw fault("engine.closed", "the rule set is closed", e)
    }

internal fun fault(code: String, message: String, cause: Throwable?): EngineException =
    EngineException(Problem(code = code, message = message, path = ""), cause)
