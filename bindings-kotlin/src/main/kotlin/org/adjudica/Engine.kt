package org.adjudica

import kotlinx.serialization.builtins.ListSerializer
import org.adjudica.ffi.check as nativeCheck
import org.adjudica.ffi.conventions as nativeConventions
import org.adjudica.ffi.engineVersion
import org.adjudica.ffi.explain as nativeExplain
import org.adjudica.ffi.schema as nativeSchema

/** What the engine does without a rule set. */
public object Engine {
    /** Version of the engine. */
    @JvmStatic public val version: String = engineVersion().decodeToString()

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
            .decodeToString()

    /**
     * JSON Schema (draft 2020-12) of a document, as text.
     *
     * @param document such as `scheme`, `request` or `decision`; an unknown one is told all there are
     * @throws InvalidDocumentException if there is no such document
     */
    @JvmStatic
    public fun schema(document: String): String =
        engine({ InvalidDocumentException(it) }) { nativeSchema(document.encodeToByteArray()) }
            .decodeToString()

    /** Every point where engines differ, with its meaning, its source and its value in each preset. */
    @JvmStatic
    public val conventions: List<Convention> by lazy {
        val list = engine({ InvalidDocumentException(it) }) { nativeConventions() }
        Documents.read(ListSerializer(Convention.serializer()), list.decodeToString())
    }
}

/**
 * What the reason says, for a `when` over everything the engine can say.
 *
 * @throws EngineException if the decision was made by an engine that says more than this one
 */
public val Reason.known: ReasonCode
    get() = ReasonCode.of(code) ?: throw fault("reason.unknown", "no such reason: $code", null)
