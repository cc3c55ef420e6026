package org.adjudica

import java.util.function.LongConsumer
import kotlinx.serialization.KSerializer
import kotlinx.serialization.builtins.ListSerializer
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.add
import kotlinx.serialization.json.buildJsonArray
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import org.adjudica.ffi.AuditDesk
import org.adjudica.ffi.importTables as nativeImport
import org.adjudica.ffi.openImisAttribute as nativeAttribute
import org.adjudica.ffi.openImisColumns as nativeColumns
import org.adjudica.ffi.openImisReplay as nativeReplay
import org.adjudica.ffi.openImisSwitches as nativeSwitches
import org.adjudica.ffi.readSnapshot as nativeSnapshot

/** openIMIS's own rows and tables in; its columns, its own answers and the audit of a move out. */
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
    ): ImportDocument {
        val all = buildJsonArray {
            add(buildJsonObject { tables.forEach { (name, rows) -> put(name, rows) } })
            add(claims)
            add(currency)
        }
        return ImportDocument.fromJson(text { nativeImport(all.toString().encodeToByteArray()) })
    }

    /** Every deviation of openIMIS 1.11 from the `standard` conventions: name, meaning, source. */
    @JvmStatic
    public val switches: List<SwitchRow> by lazy {
        list(SwitchRow.serializer()) { nativeSwitches() }
    }

    /**
     * What openIMIS 1.11 itself answers to the claims of a snapshot, known faults included: one
     * answer for each claim, each seeing what the earlier ones left.
     *
     * @param options the call, and the switches that are on: all if left out, and none of them is
     *   `standard`
     * @throws InvalidDocumentException if the text is malformed or an amount has too many digits
     */
    @JvmStatic
    @JvmOverloads
    public fun replay(snapshot: String, options: ReplayOptions = ReplayOptions()): List<ReplayedClaim> =
        list(ReplayedClaim.serializer()) {
            nativeReplay(snapshot.encodeToByteArray(), options.toJson().encodeToByteArray())
        }

    /**
     * By which switches openIMIS 1.11 answers the claims of a snapshot otherwise than the standard
     * rules, and the money that each moves: one entry for each claim.
     *
     * @throws InvalidDocumentException if the text is malformed or an amount has too many digits
     */
    @JvmStatic
    @JvmOverloads
    public fun attribute(snapshot: String, run: Run = Run.PROCESS): List<AttributedClaim> =
        list(AttributedClaim.serializer()) {
            nativeAttribute(snapshot.encodeToByteArray(), ReplayOptions(run).toJson().encodeToByteArray())
        }

    /**
     * What a move from openIMIS 1.11 to `standard` changes over a history: claims and money, by
     * deviation, product, facility, category and month.
     *
     * A snapshot that cannot be used is counted in [Audit.unreadable], and [Audit.errors] tells its
     * position; blank ones are passed over. Snapshots are read one at a time, so that the lines of a
     * file (`file.useLines { OpenImis.audit(it.asIterable()) }`) need no memory.
     *
     * @param snapshots the snapshots as JSON texts
     * @param run the call of openIMIS that is replayed
     * @param progress told after each snapshot how many were taken; what it throws ends the audit
     */
    @JvmStatic
    @JvmOverloads
    public fun audit(
        snapshots: Iterable<String>,
        run: Run = Run.PROCESS,
        progress: LongConsumer = LongConsumer {},
    ): Audit {
        val options = ReplayOptions(run).toJson().encodeToByteArray()
        val begun = engine({ InvalidDocumentException(it) }) { AuditDesk.begin(options) }
        return begun.use { desk ->
            var taken = 0L
            for (snapshot in snapshots) {
                engine({ InvalidDocumentException(it) }) { desk.take(snapshot.encodeToByteArray()) }
                progress.accept(++taken)
            }
            Audit.fromJson(text { desk.finish() })
        }
    }

    private inline fun text(call: () -> ByteArray): String =
        engine({ InvalidDocumentException(it) }, call).decodeToString()

    private inline fun <T> list(element: KSerializer<T>, call: () -> ByteArray): List<T> =
        Documents.read(ListSerializer(element), text(call))
}

/** The switch of the row, to turn it on or off. */
public val SwitchRow.switch: Switch
    get() = Documents.json.decodeFromJsonElement(Switch.serializer(), JsonPrimitive(name))
