package org.adjudica

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.ConcurrentHashMap
import java.util.function.ObjIntConsumer
import kotlinx.serialization.SerializationStrategy
import org.adjudica.ffi.Desk
import org.adjudica.ffi.Rules

/**
 * A compiled scheme: immutable, safe to share between threads, closed when no longer needed.
 *
 * ```
 * RuleSet.compile(Path.of("scheme.yaml")).use { rules ->
 *     val decision = rules.adjudicate(Request.fromJson(text))
 *     println(decision.totals.schemeShare)
 * }
 * ```
 *
 * Reading and writing data classes costs more than most decisions do: prefer [adjudicateJson] and
 * [adjudicateNdjson] where the JSON is already there.
 */
public class RuleSet private constructor(private val rules: Rules) : AutoCloseable {
    private val desks = ConcurrentHashMap<Options, Desk>()

    /** SHA-256 of the scheme's canonical text, in hexadecimal. */
    public val digest: String = rules.digest().decodeToString()

    /** The preset of conventions, with `+` if the scheme deviates from it. */
    public val conventions: String = rules.conventions().decodeToString()

    /** The scheme it was compiled from. */
    public val scheme: Scheme by lazy { Scheme.fromJson(schemeJson()) }

    /** The canonical JSON text of the scheme it was compiled from. */
    public fun schemeJson(): String = engine(::InvalidSchemeException) { rules.scheme() }.decodeToString()

    /**
     * Decides one claim.
     *
     * @throws InvalidRequestException if the request is malformed; never for a claim that the
     *   scheme does not pay
     */
    @JvmOverloads
    public fun adjudicate(request: Request, options: Options = Options()): Decision {
        val decision = decide(encode(Request.serializer(), request).encodeToByteArray(), options, placed = false)
        return Decision.fromJson(decision.decodeToString())
    }

    /**
     * Decides one claim, JSON bytes in and out: the engine's own text, byte for byte.
     *
     * @param request a request as UTF-8 JSON
     * @return the decision as UTF-8 JSON
     * @throws InvalidRequestException if the bytes are no well-formed request
     */
    @JvmOverloads
    public fun adjudicateJson(request: ByteArray, options: Options = Options()): ByteArray =
        decide(request, options, placed = true)

    /**
     * Decides claims given one a line (NDJSON), in order.
     *
     * @return one line each: a decision, or `{"error": {..}}` for a line that is no well-formed
     *   request. Blank lines are passed over.
     */
    @JvmOverloads
    public fun adjudicateNdjson(requests: ByteArray, options: Options = Options()): ByteArray =
        engine(::InvalidRequestException) { desk(options).adjudicateNdjson(requests) }

    /**
     * Decides many claims, each by itself, in order: one that is malformed is a failure (always an
     * [AdjudicaException]) at its place.
     */
    @JvmOverloads
    public fun adjudicateMany(
        requests: List<Request>,
        options: Options = Options(),
    ): List<Result<Decision>> = requests.chunked(CHUNK).flatMap { adjudicateChunk(it, options) }

    /**
     * [adjudicateMany] for Java, which cannot read Kotlin's `Result`: each decision or error is
     * given to its consumer with the position of its request, in order.
     */
    @JvmOverloads
    public fun adjudicateEach(
        requests: List<Request>,
        onDecision: ObjIntConsumer<Decision>,
        onError: ObjIntConsumer<AdjudicaException>,
        options: Options = Options(),
    ) {
        var position = 0
        for (chunk in requests.chunked(CHUNK)) {
            for (result in adjudicateChunk(chunk, options)) {
                val error = result.exceptionOrNull()
                if (error is AdjudicaException) onError.accept(error, position)
                else onDecision.accept(result.getOrThrow(), position)
                position++
            }
        }
    }

    private fun adjudicateChunk(requests: List<Request>, options: Options): List<Result<Decision>> {
        val texts = requests.map { runCatching { encode(Request.serializer(), it) } }
        val lines = texts.mapNotNull { it.getOrNull() }.joinToString("\n")
        val decided = adjudicateNdjson(lines.encodeToByteArray(), options).decodeToString()
        val decisions = decided.lineSequence().iterator()
        return texts.map { text -> text.mapCatching { readLine(decisions.next()) } }
    }

    private fun readLine(line: String): Decision {
        val problem = Documents.errorLine(line) ?: return Decision.fromJson(line)
        throw unplaced(listOf(problem))
    }

    /** The request as JSON; what cannot be written is the request's fault. */
    private fun <Q> encode(serializer: SerializationStrategy<Q>, request: Q): String =
        try {
            Documents.write(serializer, request)
        } catch (e: InvalidDocumentException) {
            throw InvalidRequestException(e.errors)
        }

    /** The errors of a request that never was text. */
    private fun unplaced(errors: List<Problem>): InvalidRequestException =
        InvalidRequestException(errors.map(Problem::withoutPlace))

    private fun decide(request: ByteArray, options: Options, placed: Boolean): ByteArray =
        engine({ if (placed) InvalidRequestException(it) else unplaced(it) }) {
            desk(options).adjudicate(request)
        }

    private fun desk(options: Options): Desk =
        desks[options]
            ?: desks.computeIfAbsent(options) { rules.desk(it.toJson().encodeToByteArray()) }

    /**
     * Asks for something else than a claim's decision: eligibility, a policy's period, a premium, a
     * relative index, capitation, what an advisor sees and may do.
     *
     * @sample org.adjudica.eligibilityAtTheCounter
     * @throws InvalidRequestException if the request is malformed or cannot be answered
     */
    public fun <Q : Any, A : Any> ask(question: Question<Q, A>, request: Q): A {
        val asked = encode(question.request, request).encodeToByteArray()
        val answer = engine(::unplaced) { rules.ask(question.name.encodeToByteArray(), asked) }
        return Documents.read(question.answer, answer.decodeToString())
    }

    /**
     * Asks the question of a name, JSON bytes in and out: the engine's own text, byte for byte.
     *
     * @param question such as `eligibility`: the name of a [Question]
     * @param request a request of that question as UTF-8 JSON
     * @return the answer as UTF-8 JSON
     * @throws InvalidRequestException if there is no such question, or the request is malformed or
     *   cannot be answered
     */
    public fun askJson(question: String, request: ByteArray): ByteArray =
        engine(::InvalidRequestException) { rules.ask(question.encodeToByteArray(), request) }

    /** As [askJson] of bytes, with text in and out. */
    public fun askJson(question: String, request: String): String =
        askJson(question, request.encodeToByteArray()).decodeToString()

    /**
     * Explains a decision in words. What the options leave out, the scheme says: its languages, its
     * currency and its calendar.
     *
     * @throws InvalidDocumentException if nothing is known in the language or of the line
     */
    @JvmOverloads
    public fun explain(decision: Decision, options: ExplainOptions = ExplainOptions()): String =
        explainJson(decision.toJson().encodeToByteArray(), options)

    /** As [explain], of a decision as UTF-8 JSON. */
    @JvmOverloads
    public fun explainJson(decision: ByteArray, options: ExplainOptions = ExplainOptions()): String =
        engine({ InvalidDocumentException(it) }) {
            rules.explain(decision, options.toJson().encodeToByteArray()).decodeToString()
        }

    /** Frees the native memory. Calls that are under way end first; later ones throw [EngineException]. */
    override fun close() {
        rules.close()
        desks.values.forEach(Desk::close)
    }

    override fun toString(): String = "RuleSet($digest, $conventions)"

    public companion object {
        /** Claims that cross into the engine together. */
        private const val CHUNK = 512

        /**
         * Compiles a scheme, JSON or YAML.
         *
         * @throws InvalidSchemeException with everything that is wrong with it
         */
        @JvmStatic
        public fun compile(text: String): RuleSet = compile(text.encodeToByteArray())

        /** Compiles a scheme from a file, JSON or YAML. */
        @JvmStatic
        public fun compile(file: Path): RuleSet = compile(Files.readAllBytes(file))

        /** Compiles a scheme from UTF-8 bytes, JSON or YAML. */
        @JvmStatic
        public fun compile(bytes: ByteArray): RuleSet =
            RuleSet(engine(::InvalidSchemeException) { Rules.compile(bytes) })

        /** Compiles a scheme made in Kotlin. */
        @JvmStatic
        public fun compile(scheme: Scheme): RuleSet =
            try {
                compile(scheme.toJson())
            } catch (e: InvalidDocumentException) {
                throw InvalidSchemeException(e.errors)
            }
    }
}
