package org.adjudica

import org.adjudica.ffi.check
import org.adjudica.ffi.engineVersion

/** What the engine does without a rule set. */
public object Engine {
    /** Version of the engine. */
    @JvmStatic public val version: String = engineVersion()

    /**
     * Audits a scheme, JSON or YAML: errors forbid its use, warnings do not. A text that cannot be
     * read is an error of the report.
     */
    @JvmStatic
    public fun check(scheme: String): Report = checkBytes(scheme.encodeToByteArray())

    /** Audits a scheme made in Kotlin. */
    @JvmStatic
    public fun check(scheme: Scheme): Report = check(scheme.toJson())

    private fun checkBytes(scheme: ByteArray): Report {
        val report = engine(::InvalidSchemeException) { check(scheme) }
        return Report.fromJson(report.decodeToString())
    }
}

/** What the reason says, for a `when` over everything the engine can say. */
public val Reason.known: ReasonCode
    get() = ReasonCode.of(code) ?: throw fault("reason.unknown", "no such reason: $code", null)
