package org.adjudica

import org.adjudica.ffi.importTables as nativeImport
import org.adjudica.ffi.openImisAttribute as nativeAttribute
import org.adjudica.ffi.openImisColumns as nativeColumns
import org.adjudica.ffi.openImisReplay as nativeReplay
import org.adjudica.ffi.readSnapshot as nativeSnapshot

/** openIMIS's own rows and tables in, its columns out. */
public object OpenImis {
    /**
     * Reads the rows of one openIMIS claim (JSON, in openIMIS's own columns) into a scheme and a
     * request; every guess is a warning.
     *
     * @throws InvalidDocumentException if the text is no snapshot of exactly one claim
     */
    @JvmStatic
    public fun readSnapshot(snapshot: String): SnapshotDocument =
        SnapshotDocument.fromJson(text { nativeSnapshot(snapshot.encodeToByteArray()) })

    /** The columns that openIMIS stores of a decision on a request, as JSON text. */
    @JvmStatic
    public fun columns(request: Request, decision: Decision): String = text {
        nativeColumns(request.toJson().encodeToByteArray(), decision.toJson().encodeToByteArray())
    }

    /**
     * Reads the tables of a legacy openIMIS database into a scheme, a request for each claim, and a
     * report of what was translated, passed over and guessed.
     *
     * @param tables the rows of each table as a JSON array, by the table's name
     * @param claims the claims with their items and services as a JSON array
     * @param currency code of the currency, which the tables do not say; `XXX` if not given
     * @throws InvalidDocumentException with everything that is wrong; paths name table, row and
     *   column
     */
    @JvmStatic
    @JvmOverloads
    public fun importTables(
        tables: Map<String, String>,
        claims: String? = null,
        currency: String? = null,
    ): ImportDocument = ImportDocument.fromJson(text { nativeImport(tables, claims, currency) })

    /**
     * What openIMIS 1.11 itself answers to the claims of a snapshot, known faults included: a JSON
     * array with one answer for each claim, each seeing what the earlier ones left.
     *
     * @param options JSON such as `{"run": "flow", "switches": ["int_truncation"]}`; a deviation
     *   whose switch is left out is not replayed, and all are without `switches`
     * @throws InvalidDocumentException if a text is malformed or an amount has too many digits
     */
    @JvmStatic
    @JvmOverloads
    public fun replay(snapshot: String, options: String = ""): String = text {
        nativeReplay(snapshot.encodeToByteArray(), options)
    }

    /**
     * By which deviations openIMIS 1.11 answers the claims of a snapshot otherwise than the
     * standard rules, and the money that each moves: a JSON array with one entry for each claim.
     *
     * @param options JSON such as `{"run": "flow"}`
     * @throws InvalidDocumentException if a text is malformed or an amount has too many digits
     */
    @JvmStatic
    @JvmOverloads
    public fun attribute(snapshot: String, options: String = ""): String = text {
        nativeAttribute(snapshot.encodeToByteArray(), options)
    }

    private inline fun text(call: () -> ByteArray): String =
        engine({ InvalidDocumentException(it) }, call).decodeToString()
}
