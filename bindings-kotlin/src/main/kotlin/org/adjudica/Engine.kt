package org.adjudica

import org.adjudica.ffi.check as nativeCheck
import org.adjudica.ffi.engineVersion
import org.adjudica.ffi.explain as nativeExplain
import org.adjudica.ffi.openImisColumns as nativeColumns
import org.adjudica.ffi.readSnapshot as nativeSnapshot

/** What the engine does without a rule set. */
public object Engine {
    /** Version of the engine. */
    @JvmStatic public val version: String = engineVersion()

    /**
     * Audits a scheme, JSON or YAML: errors forbid its use, warnings do not. A text that cannot be
     * read is an error of the report.
     */
    @JvmStatic
    public fun check(scheme: String): Report {
        val report = engine(::InvalidSchemeException) { nativeCheck(scheme.encodeToByteArray()) }
        return Report.fromJson(report.decodeToString())
    }

    /** Audits a scheme made in Kotlin. */
    @JvmStatic public fun check(scheme: Scheme): Report = check(scheme.toJson())

    /**
     * Explains a decision in words, knowing only what the options say. [RuleSet.explain] also knows
     * the scheme.
     *
     * @throws InvalidDocumentException if nothing is known in the language or of the line
     */
    @JvmStatic
    @JvmOverloads
    public fun explain(decision: Decision, options: ExplainOptions = ExplainOptions()): String =
        engine({ InvalidDocumentException(it) }) {
            nativeExplain(
                decision.toJson().encodeToByteArray(),
                options.toJson().encodeToByteArray(),
            )
        }

    /**
     * Reads the rows of one openIMIS claim (JSON, in openIMIS's own columns) into a scheme and a
     * request; every guess is a warning.
     *
     * @throws InvalidDocumentException if the text is no snapshot of exactly one claim
     */
    @JvmStatic
    public fun readSnapshot(snapshot: String): SnapshotDocument {
        val document =
            engine({ InvalidDocumentException(it) }) { nativeSnapshot(snapshot.encodeToByteArray()) }
        return SnapshotDocument.fromJson(document.decodeToString())
    }

    /** The columns that openIMIS stores of a decision on a request, as JSON text. */
    @JvmStatic
    public fun openImisColumns(request: Request, decision: Decision): String =
        engine({ InvalidDocumentException(it) }) {
                nativeColumns(
                    request.toJson().encodeToByteArray(),
                    decision.toJson().encodeToByteArray(),
                )
            }
            .decodeToString()
}

/**
 * What the reason says, for a `when` over everything the engine can say.
 *
 * @throws EngineException if the decision was made by an engine that says more than this one
 */
public val Reason.known: ReasonCode
    get() = ReasonCode.of(code) ?: throw fault("reason.unknown", "no such reason: $code", null)
